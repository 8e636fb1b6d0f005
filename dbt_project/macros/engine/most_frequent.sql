{#- An aggregate: the value that most rows of a group have, and of such values the least; a condition says which rows count. -#}
{% macro most_frequent(value, condition) -%}
  {{ adapter.dispatch('most_frequent')(value, condition) }}
{%- endmacro %}

{% macro default__most_frequent(value, condition) -%}
  mode({{ value }} order by {{ value }}) filter (where {{ condition }})
{%- endmacro %}

{% macro spark__most_frequent(value, condition) -%}
  mode() within group (order by {{ value }}) filter (where {{ condition }})
{%- endmacro %}
