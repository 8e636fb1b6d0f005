{#- A mart is called <schema>__<table>; its table has the plain name. -#}
{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
  {{ custom_alias_name or node.name.split('eventhub__') | last | replace('udahub__', '') }}
{%- endmacro %}
