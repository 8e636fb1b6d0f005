{#- An e-mail address of a grown user, unique by the number it ends in, in one of four habits and under one of three reserved domains. -#}
{% macro grown_email(given, family, number) -%}
  regexp_replace(lower(strip_accents(
    case {{ draw_below('e-mail habit', number, 4) }}
      when 0 then {{ given }} || '.' || {{ family }}
      when 1 then substr({{ given }}, 1, 1) || {{ family }}
      when 2 then {{ given }} || '_' || {{ family }}
      else {{ family }} || '.' || {{ given }}
    end
  )), '[^a-z._]', '', 'g') || {{ number }} || case {{ draw_below('e-mail domain', number, 3) }}
    when 0 then '@mail.example.com' when 1 then '@mail.example.org' else '@mail.example.net' end
{%- endmacro %}
