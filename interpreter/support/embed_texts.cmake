# Writes OUTPUT: a C++ table of the files in SOURCES, PREFIX and the file's name without its ending to its bytes, sorted by
# name. HEADER declares it, in NAMESPACE, as kEmbeddedTABLE and kNumEmbeddedTABLE.
set(text "#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\nconst support::EmbeddedText kEmbedded${TABLE}[] = {\n")
list(SORT SOURCES)
foreach(source ${SOURCES})
  get_filename_component(name ${source} NAME_WE)
  file(READ ${source} content HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" content "${content}")
  string(REGEX REPLACE "(\\\\x0a)" "\\1\"\n     \"" content "${content}")
  string(APPEND text "    {\"${PREFIX}${name}\",\n     std::string_view(\"${content}\", sizeof(\"${content}\") - 1)},\n")
endforeach()
string(APPEND text "};\n\nconst unsigned long kNumEmbedded${TABLE} = sizeof(kEmbedded${TABLE}) / sizeof(kEmbedded${TABLE}[0]);\n\n}  // namespace ${NAMESPACE}\n")
file(WRITE ${OUTPUT} "${text}")
