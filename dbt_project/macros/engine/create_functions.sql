{#- SQL functions that only one engine spells this way; models call them by name. Another engine registers the same names. -#}
{% macro create_functions() -%}
  {{ adapter.dispatch('create_functions')() }}
{%- endmacro %}

{% macro default__create_functions() %}
  create or replace function main.mix_once(x, shift, multiplier) as (xor(x, x >> shift) * multiplier) & 4294967295;
  create or replace function main.mix32(x) as main.mix_once(main.mix_once(x & 4294967295, 16, 569420461), 15, 1935289751);
  create or replace function main.scale32(draw, span) as (draw * span) >> 32;
  create or replace function main.low_mask(size) as (1::bigint << (length(bin(size)) - 1)) - 1;
  create or replace function main.half_shift(size) as length(bin(size)) // 2;
  create or replace function main.scatter_once(x, mask, shift, multiplier) as
    -- the bits in which both values differ, or none: a bit, or a minus, costs a tenth of what looks for an overflow
    xor(x, (-(x <= mask)::bigint) & xor(x, xor((x * multiplier) & mask, ((x * multiplier) & mask) >> shift)));
  create or replace function main.digits32(draw) as lpad((draw % 1000000)::varchar, 6, '0');
{% endmacro %}

{% macro spark__create_functions() -%}
  {%- if execute -%}
    {%- for function in [
      "mix_once(x bigint, shift int, multiplier bigint) returns bigint return ((x ^ shiftright(x, shift)) * multiplier) & 4294967295",
      "mix32(x bigint) returns bigint return main.mix_once(main.mix_once(x & 4294967295, 16, 569420461), 15, 1935289751)",
      "scale32(draw bigint, span bigint) returns bigint return shiftright(draw * span, 32)",
      "low_mask(size bigint) returns bigint return shiftleft(1::bigint, length(bin(size)) - 1) - 1",
      "half_shift(size bigint) returns int return (length(bin(size)) div 2)::int",
      "scatter_once(x bigint, mask bigint, shift int, multiplier bigint) returns bigint return
        if(x <= mask, ((x * multiplier) & mask) ^ shiftright((x * multiplier) & mask, shift), x)",
      "digits32(draw bigint) returns string return lpad((draw % 1000000)::string, 6, '0')",
    ] -%}
      {%- do run_query('create or replace function main.' ~ function) -%}
    {%- endfor -%}
  {%- endif -%}
{%- endmacro %}
