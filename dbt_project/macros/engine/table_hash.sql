{#- A row of the name, the count and the hash of a table: equal for equal rows, whatever their order. The md5 of each row is added up in two halves. -#}
{% macro table_hash(name, relation) -%}
  {{ adapter.dispatch('table_hash')(name, relation) }}
{%- endmacro %}

{% macro default__table_hash(name, relation) -%}
  select
    '{{ name }}' as name,
    count(*) as rows_hashed,
    coalesce(sum(md5_number_lower(row_text)), 0) as low_sum,
    coalesce(sum(md5_number_upper(row_text)), 0) as high_sum
  from (select to_json(hashed)::varchar as row_text from {{ relation }} as hashed) as row_texts
{%- endmacro %}

{% macro spark__table_hash(name, relation) -%}
  {%- set digits = 'md5(row_text)' -%}
  select
    '{{ name }}' as name,
    count(*) as rows_hashed,
    coalesce(sum(conv(substr({{ digits }}, 17, 16), 16, 10)::decimal(38, 0)), 0) as low_sum,
    coalesce(sum(conv(substr({{ digits }}, 1, 16), 16, 10)::decimal(38, 0)), 0) as high_sum
  from (
    select to_json(struct(*), map('ignoreNullFields', 'false', 'timestampNTZFormat', 'yyyy-MM-dd HH:mm:ss')) as row_text from {{ relation }}
  ) as row_texts
{%- endmacro %}
