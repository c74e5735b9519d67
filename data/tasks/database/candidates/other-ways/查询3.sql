SELECT 类别, sum(单价) / count(*) AS 平均单价, total(库存) AS 总库存 FROM 图书 GROUP BY 类别 ORDER BY 类别 DESC;
