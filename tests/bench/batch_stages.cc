// Runs the stages of a batch; see batch_stages.h.
#include "batch_stages.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "timing.h"

namespace cordon::bench {

Text::Text(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  size_ = static_cast<std::size_t>(file.tellg());
  bytes_.resize(size_ + facts::kReadingPadding);
  file.seekg(0);
  file.read(bytes_.data(), static_cast<std::streamsize>(size_));
  if (file) return;
  std::cerr << "cannot read " << path << '\n';
  std::exit(64);
}

Stages::Stages(const model::Policy& policy, model::ProtocolId protocol, evaluate::Detail detail)
    : policy_(policy),
      batch_(policy, protocol, detail),
      reader_(policy, overrides_),
      writer_(policy, protocol, {detail, report::LineFormat::kNdjson}),
      block_(MakeBlock()) {}

facts::Block Stages::MakeBlock() const {
  return {facts::Columns(policy_, batch_.wanted(), batch_.constants()), {}, {}};
}

void Stages::Write() {
  lines_.Clear();
  writer_.Begin(block_, conclusions_, batch_);
  for (const facts::Line& line : block_.lines) {
    if (!line.refused) writer_.WriteRow(line, lines_);
  }
}

StageTimes Stages::Run(std::string_view text) {
  StageTimes times;
  double num_subjects = 0;
  std::uint64_t number = 1;
  for (std::size_t at = 0; at < text.size(); number = reader_.next_number()) {
    std::size_t size = 0;
    times.reading += NanosecondsOf([&] { size = reader_.Read(text.substr(at), number, at, block_); });
    times.evaluating += NanosecondsOf([&] { batch_.Evaluate(block_.columns, conclusions_); });
    times.writing += NanosecondsOf([&] { Write(); });
    at += size;
    num_subjects += static_cast<double>(block_.columns.num_rows());
  }
  return {times.reading / num_subjects, times.evaluating / num_subjects, times.writing / num_subjects};
}

double Stages::EvaluateLoaded(std::string_view text) {
  std::vector<facts::Block> blocks;
  std::vector<std::uint32_t> conclusions;
  double num_subjects = 0;
  std::uint64_t number = 1;
  for (std::size_t at = 0; at < text.size(); number = reader_.next_number()) {
    blocks.push_back(MakeBlock());
    at += reader_.Read(text.substr(at), number, at, blocks.back());
    num_subjects += static_cast<double>(blocks.back().columns.num_rows());
  }
  const auto evaluate_all = [&] {
    for (const facts::Block& block : blocks) batch_.Evaluate(block.columns, conclusions);
  };
  evaluate_all();
  return NanosecondsOf(evaluate_all) / num_subjects;
}

std::size_t Stages::Decide(std::string_view document) {
  reader_.Read(document, 1, 0, block_);
  batch_.Evaluate(block_.columns, conclusions_);
  Write();
  return lines_.size();
}

}  // namespace cordon::bench
