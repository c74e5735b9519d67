SELECT 书名, 单价 FROM 图书 WHERE 库存 = 0 ORDER BY 单价;
