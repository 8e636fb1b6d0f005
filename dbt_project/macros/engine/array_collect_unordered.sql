{#- An aggregate: the values of a group as a list in any order, for who does not depend on it; of a group there is a row. Values are not null. -#}
{% macro array_collect_unordered(value) -%}
  {{ adapter.dispatch('array_collect_unordered')(value) }}
{%- endmacro %}

{% macro default__array_collect_unordered(value) -%}
  list({{ value }})
{%- endmacro %}

{% macro spark__array_collect_unordered(value) -%}
  collect_list({{ value }})
{%- endmacro %}
