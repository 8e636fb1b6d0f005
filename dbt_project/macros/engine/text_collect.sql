{#- An aggregate: the texts of a group in one, in an order, with a separator (a text of Jinja's) between them; null without any. -#}
{% macro text_collect(value, separator, order_by) -%}
  {{ adapter.dispatch('text_collect')(value, separator, order_by) }}
{%- endmacro %}

{% macro default__text_collect(value, separator, order_by) -%}
  string_agg({{ value }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}

{% macro spark__text_collect(value, separator, order_by) -%}
  listagg({{ value }}, '{{ separator }}') within group (order by {{ order_by }})
{%- endmacro %}
