{#- Rows that repeat a key or have none, and the key that is repeated most: a column beside count_violations. -#}
{% macro duplicate_count(key) -%}
  {{ struct_of({
    'violations': 'count(*) - count(distinct ' ~ key ~ ')',
    'example': 'case when count(' ~ key ~ ') > count(distinct ' ~ key ~ ') then (' ~ most_frequent(key, shows_rows()) ~ ')::string end'
  }) }}
{%- endmacro %}
