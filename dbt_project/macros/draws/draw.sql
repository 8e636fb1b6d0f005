{#-
  A pseudo-random integer in [0, 2^32) that depends on the seed, the purpose and an integer key only. A short key, below 2^32 as numbers of users and bookings
  are (macro most_rows), has no high bits to add.
-#}
{% macro draw(purpose, key, is_short_key=false) -%}
  {%- set salt = local_md5(var('seed') ~ '|' ~ purpose) -%}
  {#- As a bigint: a shift of a 32-bit integer by 32 is 0 on one engine and the integer itself on another. -#}
  {%- set key = '(' ~ key ~ ')::bigint' -%}
  {%- set low_bits = key if is_short_key else '(' ~ key ~ ' & 4294967295)' -%}
  main.mix32(main.mix32({{ exclusive_or(low_bits, salt[0:8] | int(0, 16)) }}) + {{ salt[8:16] | int(0, 16) }}{{ ' + ' ~ shift_right(key, 32) if not is_short_key }})
{%- endmacro %}
