WITH shipped AS (
  SELECT l_partkey, l_suppkey, 0.5 * sum(l_quantity) AS half
  FROM lineitem
  WHERE l_shipdate >= date '1994-01-01' AND l_shipdate < date '1995-01-01'
  GROUP BY l_partkey, l_suppkey)
SELECT s_name, s_address
FROM supplier JOIN nation ON n_nationkey = s_nationkey
     LEFT SEMI JOIN (
       SELECT ps_suppkey AS with_stock
       FROM partsupp JOIN part ON p_partkey = ps_partkey JOIN shipped ON l_partkey = ps_partkey AND l_suppkey = ps_suppkey
       WHERE p_name LIKE 'forest%' AND ps_availqty > half) ON with_stock = s_suppkey
WHERE n_name = 'CANADA'
ORDER BY s_name
