// Versions: which files a policy's path or name means.
//
// `dk.cpo` lies in `<root>/dk/cpo/<version>/*.cordon`. A bare name means the version in force at a date, which only
// needs the headers: they are scanned, not parsed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/calendar.h"
#include "diagnostics/diagnostic.h"
#include "support/file_system.h"

namespace cordon::cli {

// Where policies are looked for, and for which day.
struct PolicyQuery {
  std::string policy;  // a file, a folder, a name, or `name@version`
  std::string root;
  calendar::Date as_of;
};

// One file of a policy version: where it is read from, and its name in the version's folder, by which the digest knows
// it.
struct PolicyFile {
  std::string path;
  std::string name;
};

// The files of the version that `query` means, sorted by name. Nothing where there are none; then the sink says why:
// E0701 unreadable, E0702 no such policy, E0703 no such version, E0704 none in force, E0705 no policy files, E0710 no
// folder of policies, E0726 compiled.
std::optional<std::vector<PolicyFile>> FindPolicy(const support::FileSystem& files, const PolicyQuery& query,
                                                  diagnostics::Sink& sink);

// What a policy file's header says of the time in which it is in force.
struct HeaderDates {
  std::optional<calendar::Date> from;
  std::optional<calendar::Date> until;
};

// The dates of the `policy` header in `text`; nothing where there is no such header.
std::optional<HeaderDates> ScanHeader(std::string_view text);

}  // namespace cordon::cli
