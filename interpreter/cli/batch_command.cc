// `cordon batch`: many subjects' facts against one protocol, a result a line. See commands.h.
//
// The parts: batch_options.h what is asked for, batch_input.h and batch_chunks.h what is read, batch_worker.h and
// batch_run.h what is done with it, batch_output.h and batch_record.h what is written. Tested by tests/golden/batch/
// and tests/unit/batch_run_test.cc.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "calendar/calendar.h"
#include "cli/arguments.h"
#include "cli/batch_input.h"
#include "cli/batch_options.h"
#include "cli/batch_output.h"
#include "cli/batch_progress.h"
#include "cli/batch_resume.h"
#include "cli/batch_run.h"
#include "cli/commands.h"
#include "cli/prepare.h"
#include "facts/json_tree.h"
#include "report/batch_summary.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon batch POLICY [PROTOCOL] --facts FILE [--out FILE]\n\n"
    "Evaluates a protocol of the policy for many subjects, however many there are: one result a line, in the order of\n"
    "the subjects. A line that is in error becomes a line that says so, and the rest goes on.\n\n"
    "  --facts FILE          the facts, one JSON document a line; - reads standard input\n"
    "  --output compact|reasons|full\n"
    "                        the answers alone (the default); with the rules that conclude them; or the document that\n"
    "                        `cordon eval --format json` writes\n"
    "  --output-format ndjson|csv\n"
    "                        of the results; else csv where their FILE ends in .csv, and ndjson otherwise\n"
    "  --out FILE            where the results go: under the name FILE.partial until all are there; else, and for -,\n"
    "                        standard output\n"
    "  --threads N           how many to work with; else as many as the machine runs at once. The results are the "
    "same\n"
    "  --as-of DATE          the day, or minute, for which to answer; else each document's, else today. It also picks\n"
    "                        the version of a policy that is named without one\n"
    "  --setting SETTING     the care setting, as in hospital.inpatient; else each document's\n"
    "  --max-errors N        stop after the line that is the Nth in error\n"
    "  --summary             at the end, how often what was concluded, on the standard error\n"
    "  --summary-to FILE     the same for programs, as JSON\n"
    "  --resume              go on where a run with the same options was interrupted; needs the FILEs of both\n"
    "  --expect-digest TEXT  refuse any other text of the policy, as in sha256:0123...\n\n"
    "Ctrl-C ends the run after the lines in hand, and says how to go on.\n\n"
    "examples:\n"
    "  cordon batch dk.cpo admission --facts region.ndjson --out tonight.ndjson --summary\n"
    "  zcat region.ndjson.gz | cordon batch dk.cpo admission --facts - --output-format csv > tonight.csv\n"
    "  cordon batch dk.cpo admission --facts region.ndjson --out tonight.ndjson --resume\n\n"
    "exit status: 0 done; 2 the policy is in error; 3 some lines were in error, and the results of all others are\n"
    "written, or as many as --max-errors allows; 64 wrong usage, as a FILE that is not there or a disk that is full;\n"
    "130 interrupted\n";

std::string CountOf(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", Grouped(count), count == 1 ? one : many);
}

// Everything that a run works with, in the order in which it is found out.
class BatchCommand {
 public:
  BatchCommand(Environment& environment, BatchOptions options)
      : environment_(environment), options_(std::move(options)) {}

  int Run(diagnostics::Sink& sink) {
    const bool ready = !sink.has_errors() && Prepare(sink);
    if (ready) RunPrepared(sink);
    return Finish(environment_, sources_, sink, {{}, status_, Warnings::kHide});
  }

 private:
  bool Prepare(diagnostics::Sink& sink) {
    const std::optional<model::Moment> as_of = ReadMoment("--as-of", options_.wanted.as_of, sink);
    if (sink.has_errors()) return false;
    std::optional<BatchRecord> left;
    if (options_.resume && !(left = FindRecord(environment_, options_.out, sink))) return false;
    const calendar::Date today = left ? left->today : environment_.today;
    ready_ = PreparePolicy(environment_, options_.wanted, as_of ? as_of->date : today, sources_, sink);
    if (!ready_) return false;
    overrides_ = {as_of, std::nullopt, model::Moment{today, std::nullopt}};
    if (!options_.wanted.setting.empty()) overrides_.setting = options_.wanted.setting;
    if (!CheckSetting(sink) || !CheckNames(sink)) return false;
    input_ = BatchInput::Open(environment_, options_.wanted.facts, sink);
    if (input_ == nullptr || !CheckLines(*input_, sink)) return false;
    begun_.today = today;
    begun_.same = WhatMustBeTheSame(options_, *ready_, *input_);
    begun_.place = input_->start();
    return !left || GoOn(*std::move(left), sink);
  }

  // A setting that the policy does not know is told once, and not of every line.
  bool CheckSetting(diagnostics::Sink& sink) const {
    diagnostics::Sources sources;
    facts::ReadDocument(ready_->policy, sources, sources.Add("no facts", "{}"), overrides_, sink);
    return !sink.has_errors();
  }

  bool CheckNames(diagnostics::Sink& sink) const {
    const std::string taken = report::TakenName(ready_->policy, ready_->protocol, options_.style);
    if (taken.empty()) return true;
    sink.Report(Code::kCompactName, {},
                fmt::format("the protocol has an output `{0}`, and each line says something else by `{0}`", taken),
                "ask for `--output reasons` as NDJSON, where the outputs stand apart");
    return false;
  }

  bool GoOn(BatchRecord left, diagnostics::Sink& sink) {
    if (!CheckResume(environment_, options_, begun_, left, sink)) return false;
    begun_ = std::move(left);
    const auto failure = input_->GoTo(begun_.place);
    if (failure) ReportUnreadable(failure->message, sink);
    return !failure;
  }

  void RunPrepared(diagnostics::Sink& sink) {
    BatchOutput output(environment_, options_.out, begun_);
    std::unique_ptr<BatchProgress> progress = WatchProgress(output);
    auto failure = output.Open();
    if (!failure) {
      if (environment_.interruption != nullptr) environment_.interruption->Catch();
      failure = output.Begin(report::Heading(ready_->policy, ready_->protocol, options_.style));
    }
    RunOutcome outcome{RunEnd::kUnwritable, failure ? failure->message : ""};
    if (!failure) outcome = RunLines(output);
    if (outcome.end == RunEnd::kDone) {
      failure = output.Finish();
      if (failure) outcome = {RunEnd::kUnwritable, failure->message};
    }
    if (progress) progress->Clear();
    Conclude(outcome, output, sink);
  }

  RunOutcome RunLines(BatchOutput& output) {
    const BatchJob job{ready_->policy, ready_->protocol, overrides_,
                       options_.style, options_.count(), options_.max_errors.has_value()};
    Chunks chunks(*input_, begun_.place, {environment_.block_bytes, facts::kLargestDocument});
    const std::size_t threads = options_.threads > 0 ? options_.threads : std::max<std::size_t>(environment_.cores, 1);
    return RunBatch(job, chunks, output, {threads, options_.max_errors}, environment_.interruption);
  }

  std::unique_ptr<BatchProgress> WatchProgress(BatchOutput& output) const {
    if (environment_.milliseconds == nullptr) return nullptr;
    auto progress = std::make_unique<BatchProgress>(environment_.err, environment_.milliseconds, input_->size(),
                                                    begun_.place.bytes, begun_.tally.subjects);
    output.on_progress = [watched = progress.get()](const BatchRecord& record) {
      watched->Show(record.place.bytes, record.tally.subjects);
    };
    return progress;
  }

  // What the run came to: its status, and what is said about it.
  void Conclude(const RunOutcome& outcome, BatchOutput& output, diagnostics::Sink& sink) {
    const report::Tally& tally = output.record().tally;
    const bool left = outcome.end != RunEnd::kDone && output.Leave();
    status_ = tally.refused > 0 ? kExitFacts : kExitDone;
    switch (outcome.end) {
      case RunEnd::kDone:
        WriteSummary(tally, sink);
        break;
      case RunEnd::kStopped:
        status_ = kExitInterrupted;
        environment_.err << "interrupted: " << Where(output) << HowToGoOn(left) << '\n';
        break;
      case RunEnd::kTooManyRefused:
        sink.Report(Code::kTooManyRefused, {},
                    fmt::format("stopped after {}: {}",
                                CountOf(*options_.max_errors, "line in error", "lines in error"), Where(output)),
                    left ? "the results up to there are in `" + PartialName(options_.out) + "`; `--resume` goes on"
                         : "the results up to there are written");
        break;
      case RunEnd::kUnreadable:
        ReportUnreadable(outcome.reason, sink);
        break;
      case RunEnd::kUnwritable:
        ReportUnwritable(outcome.reason, output.name(), left, sink);
        break;
    }
    if (outcome.end == RunEnd::kDone || outcome.end == RunEnd::kStopped) SayHowMany(tally);
  }

  // `123 subjects are done, up to line 124 of `facts.ndjson``.
  std::string Where(const BatchOutput& output) const {
    const BatchRecord& record = output.record();
    return fmt::format("{} done, up to line {} of `{}`", CountOf(record.tally.subjects, "subject is", "subjects are"),
                       Grouped(record.place.number - 1), input_->name());
  }

  std::string HowToGoOn(bool left) const {
    return left ? fmt::format("; the same command with `--resume` goes on, from `{}`", PartialName(options_.out)) : "";
  }

  void SayHowMany(const report::Tally& tally) const {
    if (options_.summary || (tally.refused == 0 && environment_.milliseconds == nullptr)) return;
    environment_.err << CountOf(tally.subjects, "subject", "subjects") << ", "
                     << CountOf(tally.refused, "line", "lines") << " in error\n";
  }

  void WriteSummary(const report::Tally& tally, diagnostics::Sink& sink) const {
    if (options_.summary) environment_.err << report::SummaryText(ready_->policy, ready_->protocol, tally);
    if (options_.summary_to.empty()) return;
    const auto failure =
        environment_.writer->Write(options_.summary_to, report::SummaryJson(ready_->policy, ready_->protocol, tally));
    if (!failure) return;
    sink.Report(Code::kFileUnwritable, {},
                fmt::format("the summary `{}` cannot be written: {}", options_.summary_to, failure->message),
                "the results are written; `--summary-to` takes the path of a file");
  }

  void ReportUnreadable(const std::string& reason, diagnostics::Sink& sink) const {
    sink.Report(Code::kFileUnreadable, {},
                fmt::format("the facts `{}` cannot be read further: {}", input_->name(), reason),
                "the results up to there are written; where they went to a file, `--resume` goes on");
  }

  void ReportUnwritable(const std::string& reason, const std::string& name, bool left, diagnostics::Sink& sink) const {
    const std::string where = name.empty() ? "" : fmt::format(" to `{}`", name);
    sink.Report(Code::kResultsUnwritable, {}, fmt::format("the results cannot be written{}: {}", where, reason),
                left ? "make room, and go on with `--resume`" : "is the disk full, or the reader gone?");
  }

  Environment& environment_;
  BatchOptions options_;
  diagnostics::Sources sources_;
  std::optional<ReadyPolicy> ready_;
  facts::Overrides overrides_;
  std::unique_ptr<BatchInput> input_;
  BatchRecord begun_;
  int status_ = kExitDone;
};

int RunBatchCommand(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sink sink;
  BatchOptions options = ReadBatchOptions(args, sink);
  return BatchCommand(environment, std::move(options)).Run(sink);
}

}  // namespace

const Command kBatch = {"batch", "evaluate a protocol for the facts of many subjects", kHelp, RunBatchCommand};

}  // namespace cordon::cli
