{#- A row of the name, the count and the hash of a table: equal for equal rows, whatever their order. The md5 of each row is added up in two halves. -#}
{% macro table_hash(name, relation) -%}
  {{ adapter.dispatch('table_hash')(name, relation) }}
{%- endmacro %}

{#- DuckDB's md5_number_lower and md5_number_upper say the same of these halves, and compute the md5 once each; its number begins with the last byte. -#}
{% macro default__table_hash(name, relation) -%}
  select
    '{{ name }}' as name,
    count(*) as rows_hashed,
    coalesce(sum((digest >> 64)::ubigint), 0) as low_sum,
    coalesce(sum((digest & 18446744073709551615)::ubigint), 0) as high_sum
  from (select md5_number(to_json(hashed)::varchar) as digest from {{ relation }} as hashed) as row_digests
{%- endmacro %}

{#- The same text of a row, whose decimals end without zeros, and its md5 in numbers that begin with the last byte. -#}
{% macro spark__table_hash(name, relation) -%}
  {%- set row_text = "to_json(struct(*), map('ignoreNullFields', 'false', 'timestampNTZFormat', 'yyyy-MM-dd HH:mm:ss'))" -%}
  {%- set halves = {} -%}
  {%- for half, last_byte in [('low_sum', 31), ('high_sum', 15)] -%}
    {%- set bytes = [] -%}
    {%- for place in range(last_byte, last_byte - 16, -2) -%}{%- do bytes.append('substr(digits, ' ~ place ~ ', 2)') -%}{%- endfor -%}
    {%- do halves.update({half: 'conv(' ~ bytes | join(' || ') ~ ', 16, 10)::decimal(38, 0)'}) -%}
  {%- endfor -%}
  select
    '{{ name }}' as name,
    count(*) as rows_hashed,
    coalesce(sum({{ halves.low_sum }}), 0) as low_sum,
    coalesce(sum({{ halves.high_sum }}), 0) as high_sum
  from (select md5({{ regex_replace(row_text, regex('(?<!\\\\)(":-?[0-9]+\\.[0-9]+?)0+([,}])'), '\\1\\2') }}) as digits from {{ relation }}) as row_digests
{%- endmacro %}
