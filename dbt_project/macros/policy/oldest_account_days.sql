{#- Age of the oldest account: two years less a day. -#}
{% macro oldest_account_days() -%}
  729
{%- endmacro %}
