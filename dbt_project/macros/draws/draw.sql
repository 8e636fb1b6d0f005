{#- A pseudo-random integer in [0, 2^32) that depends on the seed, the purpose and an integer key only. -#}
{% macro draw(purpose, key) -%}
  {%- set salt = local_md5(var('seed') ~ '|' ~ purpose) -%}
  {#- As a bigint: a shift of a 32-bit integer by 32 is 0 on one engine and the integer itself on another. -#}
  {%- set key = '(' ~ key ~ ')::bigint' -%}
  main.mix32(main.mix32({{ exclusive_or('(' ~ key ~ ' & 4294967295)', salt[0:8] | int(0, 16)) }}) + {{ salt[8:16] | int(0, 16) }} + {{ shift_right(key, 32) }})
{%- endmacro %}
