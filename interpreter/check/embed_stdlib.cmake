# Writes OUTPUT: a C++ table of the standard library's files in SOURCES, `std.NAME` to text.
# Entries are cut into raw strings of at most 8,000 bytes, which every compiler takes.
set(text "#include <string_view>\n\n#include \"check/stdlib_table.h\"\n\nnamespace cordon::check {\n\nconst EmbeddedLibrary kEmbeddedLibraries[] = {\n")
list(SORT SOURCES)
foreach(source ${SOURCES})
  get_filename_component(name ${source} NAME_WE)
  file(READ ${source} content HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" content "${content}")
  string(REGEX REPLACE "(\\\\x0a)" "\\1\"\n     \"" content "${content}")
  string(APPEND text "    {\"std.${name}\",\n     std::string_view(\"${content}\", sizeof(\"${content}\") - 1)},\n")
endforeach()
string(APPEND text "};\n\nconst unsigned long kNumEmbeddedLibraries = sizeof(kEmbeddedLibraries) / sizeof(kEmbeddedLibraries[0]);\n\n}  // namespace cordon::check\n")
file(WRITE ${OUTPUT} "${text}")
