// Chains: a policy version with every version below it, from disk to one composed policy.
//
// What `revises` and `adapts` name is looked up in the folder of policies, and where it is not there, beside the
// version that names it. The digest is over name and content of every file of the version, of every version below it,
// nearest first, and of every library used.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check/check.h"
#include "cli/run.h"
#include "cli/versions.h"
#include "compose/compose.h"

namespace cordon::cli {

// A whole policy as read, to be checked.
struct Loaded {
  compose::Composed composed;
  check::Unit unit;
};

class ChainLoader {
 public:
  ChainLoader(const Environment& environment, const PolicyQuery& query, compose::Desk& desk)
      : environment_(environment), query_(query), desk_(desk) {}

  // The policy that the query means, composed. Nothing where anything is in error; then the sink says why. A version
  // below is checked, and its own errors are told at its own files.
  std::optional<Loaded> Load();

  // Its own files alone, as they are written.
  std::optional<std::vector<syntax::File>> LoadWritten();

 private:
  // One version's files, and where they lie.
  struct Read {
    compose::Version version;
    std::string folder;
  };
  // A version named by another's header.
  struct Wanted {
    std::string id;
    std::string version;
    diagnostics::Span at;
    std::string from;  // the folder of the version that names it
    std::string from_id;
  };

  std::optional<Read> ReadVersion(const std::vector<PolicyFile>& files, const std::string& prefix);
  bool IsOnePolicy(const std::vector<syntax::File>& files);
  std::optional<std::vector<PolicyFile>> FindBase(const Wanted& wanted);
  std::optional<compose::Composed> LoadBase(const Wanted& wanted);
  std::optional<compose::Composed> LoadVersion(Read read);
  std::optional<compose::Composed> LoadAlone(Read read, const syntax::PolicyHeader* header);
  std::optional<compose::Composed> LoadUpon(const Read& read, const syntax::PolicyHeader& header);
  std::optional<compose::Composed> Put(const compose::Composed& base, const compose::Version& delta);
  std::optional<check::References> CheckBase(const compose::Composed& base);
  std::vector<syntax::File> Libraries(const compose::Composed& composed, bool digested);

  const Environment& environment_;
  const PolicyQuery& query_;
  compose::Desk& desk_;
  std::string digested_;                                      // the bytes of which the digest is taken
  std::map<std::string, syntax::File> libraries_;             // parsed, by name
  std::map<std::string, std::vector<std::string>> declared_;  // what each declares
  std::map<std::string, compose::Composed> below_;            // versions below, by name
  std::map<std::string, compose::Version> written_;           // the files of versions below, by name
  std::vector<Wanted> open_;                                  // the versions being loaded, to find circles
};

}  // namespace cordon::cli
