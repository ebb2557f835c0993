WITH callers AS (
  SELECT c_custkey, c_acctbal, substring(c_phone, 1, 2) AS code
  FROM customer
  WHERE substring(c_phone, 1, 2) IN ('13', '31', '23', '29', '30', '18', '17'))
SELECT code, count(*), sum(c_acctbal)
FROM callers LEFT ANTI JOIN orders ON o_custkey = c_custkey
WHERE c_acctbal > (SELECT avg(c_acctbal) FROM callers WHERE c_acctbal > 0.00)
GROUP BY code
ORDER BY code
