{#- SQL functions that only one engine spells this way; models call them by name. Another engine registers the same names. -#}
{% macro create_functions() %}
  create or replace function main.mix_once(x, shift, multiplier) as (xor(x, x >> shift) * multiplier) & 4294967295;
  create or replace function main.mix32(x) as main.mix_once(main.mix_once(x & 4294967295, 16, 569420461), 15, 1935289751);
  create or replace function main.scale32(draw, span) as (draw * span) >> 32;
  create or replace function main.low_mask(size) as (1::bigint << (length(bin(size)) - 1)) - 1;
  create or replace function main.half_shift(size) as length(bin(size)) // 2;
  create or replace function main.scatter_once(x, mask, shift, multiplier) as
    (x <= mask)::bigint * xor((x * multiplier) & mask, ((x * multiplier) & mask) >> shift) + (x > mask)::bigint * x;
  create or replace function main.digits32(draw) as lpad((draw % 1000000)::varchar, 6, '0');
{% endmacro %}
