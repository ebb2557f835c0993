WITH offers AS (
  SELECT ps_partkey, ps_supplycost, s_acctbal, s_name, s_address, s_phone, s_comment, n_name,
         min(ps_supplycost) OVER (PARTITION BY ps_partkey) AS cheapest
  FROM partsupp JOIN supplier ON s_suppkey = ps_suppkey
       JOIN nation ON n_nationkey = s_nationkey
       JOIN region ON r_regionkey = n_regionkey
  WHERE r_name = 'EUROPE')
SELECT s_acctbal, s_name, n_name, p_partkey, p_mfgr, s_address, s_phone, s_comment
FROM offers JOIN part ON p_partkey = ps_partkey
WHERE p_size = 15 AND p_type LIKE '%BRASS' AND ps_supplycost = cheapest
ORDER BY s_acctbal DESC, n_name, s_name, p_partkey
LIMIT 100
