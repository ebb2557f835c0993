SELECT n_name, year(o_orderdate) AS in_year, sum(l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity)
FROM part JOIN lineitem ON l_partkey = p_partkey
     JOIN supplier ON s_suppkey = l_suppkey
     JOIN partsupp ON ps_partkey = l_partkey AND ps_suppkey = l_suppkey
     JOIN orders ON o_orderkey = l_orderkey
     JOIN nation ON n_nationkey = s_nationkey
WHERE p_name LIKE '%green%'
GROUP BY n_name, in_year
ORDER BY n_name, in_year DESC
