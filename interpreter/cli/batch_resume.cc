// Holds a run that was left against the one that is to go on; see batch_resume.h.
#include "cli/batch_resume.h"

#include <fmt/format.h>

#include "cli/batch_output.h"
#include "support/sha256.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

bool RefuseDamaged(const std::string& message, diagnostics::Sink& sink) {
  sink.Report(Code::kResumeDamaged, {}, message, "leave out `--resume` to begin with the first line");
  return false;
}

std::string Unless(const std::string& text, std::string_view otherwise) {
  return text.empty() ? std::string(otherwise) : text;
}

}  // namespace

std::optional<BatchRecord> FindRecord(const Environment& environment, const std::string& out, diagnostics::Sink& sink) {
  const std::string name = RecordName(out);
  if (!environment.files.Exists(name)) {
    sink.Report(Code::kNothingToResume, {}, fmt::format("there is nothing to resume: `{}` is not there", name),
                environment.files.Exists(out)
                    ? fmt::format("`{}` is there: its run came to its end. Leave out `--resume` to begin anew", out)
                    : "leave out `--resume` to begin with the first line");
    return std::nullopt;
  }
  const support::Result<std::string> text = environment.files.Read(name);
  std::optional<BatchRecord> record = text.ok() ? ReadRecord(text.value()) : std::nullopt;
  if (!record) RefuseDamaged(fmt::format("the record `{}` is none that a run of this version left", name), sink);
  return record;
}

std::vector<std::pair<std::string, std::string>> WhatMustBeTheSame(const BatchOptions& options,
                                                                   const ReadyPolicy& ready, const BatchInput& input) {
  const model::Policy& policy = ready.policy;
  return {{"the policy", policy.id + " " + policy.version},
          {"the policy's digest", policy.digest},
          {"the protocol", policy.protocols[ready.protocol.index].name},
          {"`--output`", DetailName(options.style.detail)},
          {"`--output-format`", FormatName(options.style.format)},
          {"`--as-of`", Unless(options.wanted.as_of, "each document's")},
          {"`--setting`", Unless(options.wanted.setting, "each document's")},
          {"the summary", options.count() ? "counted" : "not counted"},
          {"the size of the facts", input.size() ? std::to_string(*input.size()) : "not known"},
          {"the beginning of the facts", "sha256:" + support::Sha256(input.beginning())}};
}

bool CheckResume(const Environment& environment, const BatchOptions& options, const BatchRecord& now,
                 const BatchRecord& left, diagnostics::Sink& sink) {
  for (std::size_t i = 0; i < now.same.size(); ++i) {
    const auto& [name, value] = now.same[i];
    const std::string before = i < left.same.size() ? left.same[i].second : "";
    if (value == before) continue;
    sink.Report(Code::kResumeDiffers, {},
                fmt::format("{} was `{}` when the run began, and is `{}` now", name, before, value),
                "go on with what it was begun with, or leave out `--resume` to begin with the first line");
  }
  if (sink.has_errors()) return false;
  const std::string partial = PartialName(options.out);
  const auto size = environment.streams->Size(partial);
  if (!size.ok())
    return RefuseDamaged(fmt::format("the results `{}` cannot be added to: {}", partial, size.failure().message), sink);
  if (size.value() >= left.output_bytes) return true;
  return RefuseDamaged(
      fmt::format("the results `{}` have {} bytes, and {} were written", partial, size.value(), left.output_bytes),
      sink);
}

}  // namespace cordon::cli
