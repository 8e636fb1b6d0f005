{#- A pseudo-random integer in [0, 2^32) that depends on the seed, the purpose and an integer key only. -#}
{% macro draw(purpose, key) -%}
  {%- set salt = local_md5(var('seed') ~ '|' ~ purpose) -%}
  mix32(mix32(xor(({{ key }}) & 4294967295, {{ salt[0:8] | int(0, 16) }})) + {{ salt[8:16] | int(0, 16) }} + (({{ key }}) >> 32))
{%- endmacro %}
