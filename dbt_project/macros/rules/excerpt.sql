{% macro excerpt(text, at) -%}
  {%- set start = 'greatest(1, ' ~ at ~ ' - 60)' -%}
  case when {{ start }} > 1 then '… ' else '' end || trim({{ regex_replace('substr(' ~ text ~ ', ' ~ start ~ ', 160)', regex('\\s+'), ' ') }})
  || case when length({{ text }}) >= {{ start }} + 160 then ' …' else '' end
{%- endmacro %}
