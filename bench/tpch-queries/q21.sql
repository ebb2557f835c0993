WITH late AS (
  SELECT l_orderkey, l_suppkey,
         size(collect_set(l_suppkey) OVER (PARTITION BY l_orderkey)) AS suppliers,
         size(collect_set(CASE WHEN l_receiptdate > l_commitdate THEN l_suppkey END) OVER (PARTITION BY l_orderkey)) AS late_ones,
         l_receiptdate > l_commitdate AS is_late
  FROM lineitem)
SELECT s_name, count(*) AS waits
FROM late JOIN orders ON o_orderkey = l_orderkey
     JOIN supplier ON s_suppkey = l_suppkey
     JOIN nation ON n_nationkey = s_nationkey
WHERE is_late AND suppliers > 1 AND late_ones = 1 AND o_orderstatus = 'F' AND n_name = 'SAUDI ARABIA'
GROUP BY s_name
ORDER BY waits DESC, s_name
LIMIT 100
