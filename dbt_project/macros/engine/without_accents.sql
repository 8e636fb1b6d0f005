{% macro without_accents(text) -%}
  {{ adapter.dispatch('without_accents')(text) }}
{%- endmacro %}

{% macro default__without_accents(text) -%}
  strip_accents({{ text }})
{%- endmacro %}

{% macro spark__without_accents(text) -%}
  translate(
    {{ text }},
    'àáâãäåāăąçćĉċčďèéêëēĕėęěĝğġģĥìíîïĩīĭįĵķĺļľñńņňòóôõöōŏőơŕŗřśŝşšșţťțùúûüũūŭůűųưŵýÿŷźżžạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹÀÁÂÃÄÅĀĂĄÇĆĈĊČĎÈÉÊËĒĔĖĘĚĜĞĠĢĤÌÍÎÏĨĪĬĮİĴĶĹĻĽÑŃŅŇÒÓÔÕÖŌŎŐƠŔŖŘŚŜŞŠȘŢŤȚÙÚÛÜŨŪŬŮŰŲƯŴÝŸŶŹŻŽẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ',
    'aaaaaaaaacccccdeeeeeeeeegggghiiiiiiiijklllnnnnooooooooorrrssssstttuuuuuuuuuuuwyyyzzzaaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyyAAAAAAAAACCCCCDEEEEEEEEEGGGGHIIIIIIIIIJKLLLNNNNOOOOOOOOORRRSSSSSTTTUUUUUUUUUUUWYYYZZZAAAAAAAAAAAAEEEEEEEEIIOOOOOOOOOOOOUUUUUUUYYYY'
  )
{%- endmacro %}
