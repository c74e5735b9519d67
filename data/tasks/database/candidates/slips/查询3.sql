SELECT 类别, avg(单价), count(库存) FROM 图书 GROUP BY 类别;
