SELECT sum(l_extendedprice) / 7.0
FROM lineitem JOIN part ON p_partkey = l_partkey
     JOIN (SELECT l_partkey AS of_part, 0.2 * avg(l_quantity) AS few FROM lineitem GROUP BY l_partkey) ON of_part = p_partkey
WHERE p_brand = 'Brand#23' AND p_container = 'MED BOX' AND l_quantity < few
