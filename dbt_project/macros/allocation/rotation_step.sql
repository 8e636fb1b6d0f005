{#- How far apart neighbours of a circle are moved (macro rotated): a prime. -#}
{% macro rotation_step() -%}
  1000003
{%- endmacro %}
