// Compiled policies: a checked, composed policy as bytes, so that a start costs no parsing and no checking.
//
// A file is a header of 64 bytes, then the content. Numbers of the header are written lowest byte first:
//
//    0   8  the mark 89 43 4f 52 44 0d 0a 1a: ends of lines that a transfer has changed show here
//    8   4  the format, kFormat
//   12   4  the version of the language that the policy is written in, kLanguage
//   16   8  the length of the content
//   24   8  zero
//   32  32  BLAKE2b over the bytes 0 to 31 and the content
//
// The content: the distinct texts, the sources that spans point into, the fields of model::Policy in the order of
// fields.h. Numbers there are variable-length, seven bits a byte. The same policy gives the same bytes everywhere: no
// path, date or name of a machine is in them. Its tests are left out; they belong to the text.
// Why so: docs/decisions/0042. Tested by tests/unit/compiled_test.cc and tests/golden/compile.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostics/diagnostic.h"
#include "model/model.h"

namespace cordon::compiled {

// How the names of compiled policies end.
inline constexpr std::string_view kSuffix = ".cordonc";

// Raised with every change of what is written.
inline constexpr std::uint32_t kFormat = 1;
// Raised with every change of what a model means.
inline constexpr std::uint32_t kLanguage = 1;

// Under which name each source is known wherever the file is read; one that is not named is called as `sources` does.
using SourceNames = std::map<diagnostics::SourceId, std::string>;

// The bytes of `policy` and of what its spans point into.
std::string Write(const model::Policy& policy, const diagnostics::Sources& sources, const SourceNames& names);

// The policy in `bytes`; `name` is the file's, for messages. What its spans point into is added to `sources`. Nothing
// where the bytes are not what Write gave, whatever else they are; then the sink says why: E0720 no compiled policy,
// E0721 another format, E0722 a newer language, E0723 cut or continued, E0724 changed, E0725 inconsistent.
std::optional<model::Policy> Read(std::string_view bytes, const std::string& name, diagnostics::Sources& sources,
                                  diagnostics::Sink& sink);

// A number that changes with the kinds and the order of the fields that are written.
std::uint64_t Layout();

}  // namespace cordon::compiled
