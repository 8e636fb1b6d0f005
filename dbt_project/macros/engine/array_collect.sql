{#- An aggregate: the values of a group as a list, in the order of one ascending expression and, among its equals, of the values; null without any. Values are not null. -#}
{% macro array_collect(value, order_by=none, condition=none) -%}
  {{ adapter.dispatch('array_collect')(value, order_by, condition) }}
{%- endmacro %}

{% macro default__array_collect(value, order_by=none, condition=none) -%}
  list({{ value }}{{ ' order by ' ~ order_by ~ ', ' ~ value if order_by else ' order by ' ~ value }}){{ ' filter (where ' ~ condition ~ ')' if condition }}
{%- endmacro %}

{#- collect_list of no rows is an empty list. -#}
{% macro spark__array_collect(value, order_by=none, condition=none) -%}
  {%- set kept = ' filter (where ' ~ condition ~ ')' if condition else '' -%}
  case when count({{ value }}){{ kept }} > 0 then
  {%- if order_by %}
    transform(array_sort(collect_list(struct({{ order_by }} as place, {{ value }} as value)){{ kept }}), pair -> pair.value)
  {%- else %}
    array_sort(collect_list({{ value }}){{ kept }})
  {%- endif %}
  end
{%- endmacro %}
