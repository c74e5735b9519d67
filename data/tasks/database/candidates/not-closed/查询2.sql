SELECT 班级, count(编号) AS 借阅次数 FROM 读者 LEFT JOIN 借阅 USING (读者号) GROUP BY 班级 ORDER BY 借阅次数 DESC, 班级;
