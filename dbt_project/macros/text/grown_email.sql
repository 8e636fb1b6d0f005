{#-
  An e-mail address of a grown user, unique by the number it ends in, in one of four habits and under one of three reserved domains. `given` and `family` are
  names as email_letters leaves them; `habit` and `domain` are columns, since within a case a draw would be computed again for every branch.
-#}
{% macro grown_email(given, family, number, habit, domain) -%}
  concat(
    case {{ habit }} when 1 then substr({{ given }}, 1, 1) when 3 then {{ family }} else {{ given }} end,
    case {{ habit }} when 1 then '' when 2 then '_' else '.' end,
    case {{ habit }} when 3 then {{ given }} else {{ family }} end,
    {{ number }},
    case {{ domain }} when 0 then '@mail.example.com' when 1 then '@mail.example.org' else '@mail.example.net' end
  )
{%- endmacro %}
