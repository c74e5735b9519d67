SELECT 类别, round(avg(单价), 2) AS 平均单价, sum(库存) AS 总库存 FROM 图书 GROUP BY 类别;
