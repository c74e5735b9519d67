INSERT INTO 图书 VALUES ('B009', '统计的故事', '科学', 32, 8);
UPDATE 图书 SET 库存 = 库存 + 2 WHERE 书号 = 'B002';
