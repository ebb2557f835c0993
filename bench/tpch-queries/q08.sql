SELECT year(o_orderdate) AS in_year,
       sum(CASE WHEN home.n_name = 'BRAZIL' THEN l_extendedprice * (1 - l_discount) ELSE 0 END)
         / sum(l_extendedprice * (1 - l_discount))
FROM part JOIN lineitem ON l_partkey = p_partkey
     JOIN supplier ON s_suppkey = l_suppkey
     JOIN orders ON o_orderkey = l_orderkey
     JOIN customer ON c_custkey = o_custkey
     JOIN nation buyer ON buyer.n_nationkey = c_nationkey
     JOIN region ON r_regionkey = buyer.n_regionkey
     JOIN nation home ON home.n_nationkey = s_nationkey
WHERE r_name = 'AMERICA' AND p_type = 'ECONOMY ANODIZED STEEL'
  AND o_orderdate BETWEEN date '1995-01-01' AND date '1996-12-31'
GROUP BY in_year
ORDER BY in_year
