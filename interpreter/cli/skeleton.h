// Skeleton: the files of a policy that somebody begins to write.
//
// They hold an example of each thing that a policy is made of, to be replaced: it checks without a warning, is in the
// house style, and its tests hold. Tested by tests/golden/new/.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace cordon::cli {

struct Beginning {
  std::string name;                    // dk.cpo
  std::string version;                 // as it is written in the header
  std::string from;                    // the day from which it is in force; empty for none
  std::string today;                   // the day of its example
  std::string title;                   // empty where it is not known yet
  std::vector<std::string> languages;  // of its texts: `en`, `da`
};

// The content of each file by its name.
std::map<std::string, std::string> MakeSkeleton(const Beginning& beginning);

}  // namespace cordon::cli
