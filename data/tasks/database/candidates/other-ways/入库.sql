UPDATE 图书 SET 库存 = 2 WHERE 书名 = '骆驼祥子';
INSERT INTO 图书(书名, 书号, 库存, 单价, 类别) VALUES ('统计的故事', 'B009', 8, 32.0, '科学');
