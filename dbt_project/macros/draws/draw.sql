{#-
  A pseudo-random integer in [0, 2^32) that depends on the seed, the purpose and an integer key only. A short key, below 2^32 as numbers of users and bookings
  are (macro most_rows), has no high bits to add.
-#}
{% macro draw(purpose, key, is_short_key=false) -%}
  {%- if is_short_key -%}
    {{ drawn_twice(purpose, drawn_once(purpose, key)) }}
  {%- else -%}
    {#- As a bigint: a shift of a 32-bit integer by 32 is 0 on one engine and the integer itself on another. -#}
    {%- set key = '(' ~ key ~ ')::bigint' -%}
    {{ drawn_twice(purpose, drawn_once(purpose, '(' ~ key ~ ' & 4294967295)'), shift_right(key, 32)) }}
  {%- endif -%}
{%- endmacro %}
