-- 库存为0的图书
select 书名, 单价 from 图书 where not 库存 > 0 order by 2 asc