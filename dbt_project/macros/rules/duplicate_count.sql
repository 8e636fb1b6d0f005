{#- Rows that repeat a key or have none, and the key that is repeated most: a total for checked_rules. -#}
{% macro duplicate_count(key) -%}
  {{ return({
    'violations': 'count(*) - count(distinct ' ~ key ~ ')',
    'example': 'case when count(' ~ key ~ ') > count(distinct ' ~ key ~ ') then mode(' ~ key ~ ') filter (where ' ~ shows_rows() ~ ')::varchar else null::varchar end'
  }) }}
{%- endmacro %}
