{% macro columns_except(columns, of=none) -%}
  {{ adapter.dispatch('columns_except')(columns, of) }}
{%- endmacro %}

{% macro default__columns_except(columns, of=none) -%}
  {{ of ~ '.' if of }}* exclude ({{ columns | join(', ') }})
{%- endmacro %}

{% macro spark__columns_except(columns, of=none) -%}
  {{ of ~ '.' if of }}* except ({{ columns | join(', ') }})
{%- endmacro %}
