// Reads, evaluates and writes some lines; see batch_worker.h.
#include "cli/batch_worker.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "evaluate/evaluate.h"
#include "facts/column_reader.h"
#include "facts/json_tree.h"
#include "support/assert.h"

namespace cordon::cli {
namespace {

std::string_view LineAt(std::string_view text, std::size_t begin) {
  const std::string_view rest = text.substr(begin);
  return rest.substr(0, std::min(rest.find('\n'), rest.size()));
}

}  // namespace

class BatchWorker::Impl {
 public:
  explicit Impl(const BatchJob& job)
      : job_(job),
        batch_(job.policy, job.protocol, DetailOf(job)),
        reader_(job.policy, job_.overrides),
        writer_(job.policy, job.protocol, job.style),
        block_{facts::Columns(job.policy, batch_.wanted(), batch_.constants()), {}, {}} {}

  void Work(const Chunk& chunk, ChunkResult& result) {
    result.index = chunk.index;
    result.text.Clear();
    result.pieces.assign(1, {});
    if (chunk.too_long) RefuseLongLine(chunk, result);
    LinePlace at = chunk.begin;
    for (std::string_view rest = chunk.text(); !rest.empty();) {
      const std::size_t size = reader_.Read(rest, at.number, at.bytes, block_);
      batch_.Evaluate(block_.columns, numbers_);
      RefuseInfeasible(rest, at.bytes);
      WriteBlock(rest, at.bytes, result);
      rest.remove_prefix(size);
      at = {at.bytes + size, reader_.next_number()};
    }
    result.pieces.back().end = chunk.end;
    result.pieces.back().text_end = result.text.size();
  }

 private:
  static evaluate::Detail DetailOf(const BatchJob& job) {
    const bool values = job.style.detail == evaluate::Detail::kValues;
    return values && job.count ? evaluate::Detail::kReasons : job.style.detail;
  }

  void RefuseLongLine(const Chunk& chunk, ChunkResult& result) {
    block_.lines.clear();
    block_.refused.clear();
    diagnostics::Sink sink;
    sink.Report(diagnostics::Code::kFactsTooLarge, {},
                fmt::format("the line has {} bytes; one subject's facts have at most {}",
                            chunk.end.bytes - chunk.begin.bytes, facts::kLargestDocument),
                "a line holds the facts of one subject: give each subject a line of its own");
    block_.refused.push_back({sink.diagnostics()});
    block_.lines.push_back({chunk.begin.number, chunk.begin.bytes, true, 0});
    WriteRefused(block_.lines.front(), {}, result);
    if (job_.cut_at_refused) result.pieces[result.pieces.size() - 2].end = chunk.end;
  }

  // A subject whose facts nobody can have is in error, which shows only now; the reader that tells where is asked.
  void RefuseInfeasible(std::string_view text, std::uint64_t begin) {
    for (std::uint32_t row = 0; row < numbers_.size(); ++row) {
      if (numbers_[row] != evaluate::Batch::kInfeasible) continue;
      for (const facts::Line& line : block_.lines) {
        if (line.refused || line.index != row) continue;
        block_.Refuse(row, WhyInfeasible(LineAt(text, line.begin - begin)));
        break;
      }
    }
  }

  facts::Refused WhyInfeasible(std::string_view text) const {
    diagnostics::Sources sources;
    const diagnostics::SourceId source = sources.Add("", std::string(text));
    diagnostics::Sink sink;
    const auto subject = facts::ReadDocument(job_.policy, sources, source, job_.overrides, sink);
    CORDON_ASSERT(subject && !evaluate::CheckFeasible(job_.policy, *subject, sink));
    return {sink.diagnostics()};
  }

  void WriteBlock(std::string_view text, std::uint64_t begin, ChunkResult& result) {
    writer_.Begin(block_, numbers_, batch_);
    if (counts_.size() < batch_.num_conclusions()) counts_.resize(batch_.num_conclusions());
    for (const facts::Line& line : block_.lines) {
      if (line.refused) {
        WriteRefused(line, LineAt(text, line.begin - begin), result);
      } else {
        writer_.WriteRow(line, result.text);
        ++result.pieces.back().tally.subjects;
        if (job_.count) Count(numbers_[line.index]);
      }
    }
    FlushCounts(result.pieces.back().tally);
  }

  void FlushCounts(report::Tally& tally) {
    for (const std::uint32_t number : counted_) {
      tally.Add(job_.policy, batch_.conclusion(number), std::exchange(counts_[number], 0));
    }
    counted_.clear();
  }

  void Count(std::uint32_t number) {
    if (counts_[number]++ == 0) counted_.push_back(number);
  }

  void WriteRefused(const facts::Line& line, std::string_view text, ChunkResult& result) {
    diagnostics::Sources sources;
    const auto source = sources.Add("", std::string(text));
    writer_.WriteRefused(line, text, facts::FindSubject(sources, source).value_or(""), result.text);
    FlushCounts(result.pieces.back().tally);
    result.pieces.back().tally.Add(block_.refused[line.index]);
    if (!job_.cut_at_refused) return;
    result.pieces.back().end = {line.begin + text.size() + 1, line.number + 1};
    result.pieces.back().text_end = result.text.size();
    result.pieces.emplace_back();
  }

  const BatchJob& job_;
  evaluate::Batch batch_;
  facts::ColumnReader reader_;
  report::LineWriter writer_;
  facts::Block block_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::uint64_t> counts_;   // of the block's rows, by conclusion
  std::vector<std::uint32_t> counted_;  // those that are not 0
};

BatchWorker::BatchWorker(const BatchJob& job) : impl_(std::make_unique<Impl>(job)) {}
BatchWorker::~BatchWorker() = default;
void BatchWorker::Work(const Chunk& chunk, ChunkResult& result) { impl_->Work(chunk, result); }

}  // namespace cordon::cli
