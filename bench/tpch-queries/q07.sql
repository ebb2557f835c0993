SELECT seller.n_name AS sells, buyer.n_name AS buys, year(l_shipdate) AS in_year, sum(l_extendedprice * (1 - l_discount))
FROM lineitem JOIN supplier ON s_suppkey = l_suppkey
     JOIN orders ON o_orderkey = l_orderkey
     JOIN customer ON c_custkey = o_custkey
     JOIN nation seller ON seller.n_nationkey = s_nationkey
     JOIN nation buyer ON buyer.n_nationkey = c_nationkey
WHERE l_shipdate BETWEEN date '1995-01-01' AND date '1996-12-31'
  AND (seller.n_name, buyer.n_name) IN (('FRANCE', 'GERMANY'), ('GERMANY', 'FRANCE'))
GROUP BY sells, buys, in_year
ORDER BY sells, buys, in_year
