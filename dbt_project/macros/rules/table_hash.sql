{#- A row of the name, the count and the hash of a table: equal for equal rows, whatever their order. The md5 of each row is added up in two halves. -#}
{% macro table_hash(name, relation) -%}
select
    '{{ name }}' as name,
    count(*) as rows_hashed,
    coalesce(sum((digest & 18446744073709551615)::ubigint), 0) as low_sum,
    coalesce(sum((digest >> 64)::ubigint), 0) as high_sum
from (select md5_number(to_json(hashed)::varchar) as digest from {{ relation }} as hashed) as digests
{%- endmacro %}
