// `cordon batch` in process: the same bytes for any number of threads and any size of what is taken in hand, and for a
// run that was interrupted anywhere, or broke, and went on. Inputs and outputs lie in memory.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "cli/batch_chunks.h"
#include "cli/batch_output.h"
#include "cli/batch_progress.h"
#include "cli/run.h"
#include "support/byte_stream.h"

namespace cordon::cli {
namespace {

using support::ByteReader;
using support::ByteWriter;
using support::Failure;
using support::Result;
using Files = std::map<std::string, std::string>;

constexpr const char* kPolicy =
    "policy xx.demo version 1\n"
    "  source g \"Guideline\"\n"
    "record Stay\n"
    "  admitted   : date\n"
    "  discharged : date\n"
    "  require discharged >= admitted\n"
    "fact fever : bool recorded cite g \"1\"\n"
    "fact stays : list of Stay recorded cite g \"1\"\n"
    "protocol arrival\n"
    "  output screen : bool strictest\n"
    "    default no cite g \"2\"\n"
    "  rule hot cite g \"3\"\n"
    "    when fever\n"
    "    then screen = yes\n"
    "  rule away cite g \"4\"\n"
    "    when some s in stays has (s.discharged within the last 6 months)\n"
    "    then screen = yes\n";

// Lines of every kind: whole, empty, broken, without a completion, long ones.
std::string MixedLines(std::size_t count) {
  std::mt19937 random(7);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string id = "{\"subject\":\"p" + std::to_string(i) + "\",\"facts\":{";
    switch (random() % 9) {
      case 0:
        text += id + "\"fever\":true}}";
        break;
      case 1:
        text += id + "\"fever\":false,\"stays\":[]}}";
        break;
      case 2:
        text += id + "\"fever\":false,\"stays\":[{\"admitted\":\"2025-01-01\",\"discharged\":\"2025-02-01\"}]}}";
        break;
      case 3:
        text += id + "\"stays\":[{\"admitted\":\"2025-02-01\",\"discharged\":\"2025-01-01\"}]}}";
        break;
      case 4:
        text += id + "\"fever\":1}}";
        break;
      case 5:
        text += "{\"subject\":";
        break;
      case 6:
        break;
      case 7:
        text += "{\"subject\":\"" + std::string(random() % 900, 'x') + "\"}";
        break;
      default:
        text += id + "\"fever\":null}}\r";
    }
    if (i + 1 < count) text += '\n';
  }
  return text;
}

// Says that somebody wants to stop, from a certain question on.
class StopAfter : public Interruption {
 public:
  explicit StopAfter(int questions) : left_(questions) {}
  void Catch() override {}
  bool Requested() const override { return left_.fetch_sub(1) <= 0; }

 private:
  mutable std::atomic<int> left_;
};

// A disk on which one file takes, or gives, only so many bytes.
class SmallDisk : public support::MemoryStreamFiles {
 public:
  SmallDisk(Files& files, std::size_t takes, std::size_t gives)
      : MemoryStreamFiles(files), takes_(takes), gives_(gives) {}
  Result<std::unique_ptr<ByteReader>> OpenToRead(const std::string& path, std::uint64_t from) const override {
    auto whole = MemoryStreamFiles::OpenToRead(path, from);
    return std::unique_ptr<ByteReader>(std::make_unique<Reader>(std::move(whole).value(), gives_));
  }
  Result<std::unique_ptr<ByteWriter>> OpenToWrite(const std::string& path, std::uint64_t keep) const override {
    auto whole = MemoryStreamFiles::OpenToWrite(path, keep);
    return std::unique_ptr<ByteWriter>(std::make_unique<Writer>(std::move(whole).value(), takes_));
  }

 private:
  class Reader : public ByteReader {
   public:
    Reader(std::unique_ptr<ByteReader> whole, std::size_t left) : whole_(std::move(whole)), left_(left) {}
    Result<std::size_t> Read(char* into, std::size_t size) override {
      if (left_ == 0) return Failure{"input/output error"};
      auto count = whole_->Read(into, std::min(size, left_));
      left_ -= count.value();
      return count;
    }

   private:
    std::unique_ptr<ByteReader> whole_;
    std::size_t left_;
  };
  class Writer : public ByteWriter {
   public:
    Writer(std::unique_ptr<ByteWriter> whole, std::size_t left) : whole_(std::move(whole)), left_(left) {}
    std::optional<Failure> Write(std::string_view bytes) override {
      const std::size_t count = std::min(left_, bytes.size());
      left_ -= count;
      whole_->Write(bytes.substr(0, count));
      if (count < bytes.size()) return Failure{"no space left on device"};
      return std::nullopt;
    }
    std::optional<Failure> Flush() override { return std::nullopt; }

   private:
    std::unique_ptr<ByteWriter> whole_;
    std::size_t left_;
  };

  std::size_t takes_;
  std::size_t gives_;
};

class MapWriter : public support::FileWriter {
 public:
  explicit MapWriter(Files& files) : files_(files) {}
  std::optional<Failure> Write(const std::string& path, std::string_view content) const override {
    files_[path] = content;
    return std::nullopt;
  }

 private:
  Files& files_;
};

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

struct World {
  std::size_t block_bytes = 200;
  std::size_t takes = SIZE_MAX;
  std::size_t gives = SIZE_MAX;
  Interruption* interruption = nullptr;
};

Ran RunIn(Files& files, const World& world, std::vector<std::string> more) {
  std::vector<std::string> args = {"batch", "demo.cordon", "--facts", "in.ndjson"};
  args.insert(args.end(), more.begin(), more.end());
  const support::MemoryFileSystem disk(files);
  const MapWriter writer(files);
  const SmallDisk streams(files, world.takes, world.gives);
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Environment environment{disk, in, out, err, false, "policies", *calendar::MakeDate(2025, 3, 1), &writer};
  environment.streams = &streams;
  environment.block_bytes = world.block_bytes;
  environment.interruption = world.interruption;
  Ran ran;
  ran.status = cli::Run(args, environment);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

Files MakeFiles(std::size_t lines) { return {{"demo.cordon", kPolicy}, {"in.ndjson", MixedLines(lines)}}; }

// What one thread that takes everything in hand at once writes.
Ran InOneGo(std::size_t lines, const std::vector<std::string>& more = {}) {
  Files files = MakeFiles(lines);
  std::vector<std::string> args = {"--threads", "1"};
  args.insert(args.end(), more.begin(), more.end());
  return RunIn(files, {std::size_t{1} << 20U}, args);
}

TEST(BatchRun, WritesTheSameBytesForAnyNumberOfThreads) {
  const Ran expected = InOneGo(700, {"--output", "reasons"});
  EXPECT_EQ(expected.status, 3);
  Files files = MakeFiles(700);
  for (const std::string threads : {"1", "2", "3", "5", "8"}) {
    const Ran ran = RunIn(files, {300}, {"--threads", threads, "--output", "reasons"});
    EXPECT_EQ(ran.out, expected.out) << threads << " threads";
    EXPECT_EQ(ran.err, expected.err) << threads << " threads";
    EXPECT_EQ(ran.status, expected.status) << threads << " threads";
  }
}

TEST(BatchRun, WritesTheSameBytesHoweverMuchIsTakenInHand) {
  const Ran expected = InOneGo(120);
  Files files = MakeFiles(120);
  for (std::size_t bytes = 1; bytes < 400; bytes += 29) {
    EXPECT_EQ(RunIn(files, {bytes}, {"--threads", "2"}).out, expected.out) << bytes << " bytes";
  }
}

TEST(BatchRun, StopsWithTheSameLineInErrorForAnyNumberOfThreads) {
  Files files = MakeFiles(300);
  for (const std::string most : {"1", "2", "17"}) {
    const Ran expected = InOneGo(300, {"--max-errors", most});
    EXPECT_EQ(expected.status, 3);
    EXPECT_NE(expected.err.find("E0878"), std::string::npos);
    for (const std::string threads : {"1", "4"}) {
      const Ran ran = RunIn(files, {150}, {"--threads", threads, "--max-errors", most});
      EXPECT_EQ(ran.out, expected.out);
      EXPECT_EQ(ran.err, expected.err);
    }
  }
}

TEST(BatchRun, CountsTheSameForAnyNumberOfThreads) {
  Files files = MakeFiles(400);
  RunIn(files, {std::size_t{1} << 20U}, {"--out", "a", "--threads", "1", "--summary-to", "one.json"});
  RunIn(files, {100}, {"--out", "b", "--threads", "4", "--summary-to", "four.json"});
  EXPECT_NE(files["one.json"].find("\"rules\""), std::string::npos);
  EXPECT_EQ(files["one.json"], files["four.json"]);
}

// Interrupts a run before each of its chunks, goes on, and compares with a run in one go.
void InterruptEverywhere(const std::vector<std::string>& more) {
  Files whole = MakeFiles(40);
  std::vector<std::string> args = {"--out", "out", "--threads", "1", "--summary-to", "sum"};
  args.insert(args.end(), more.begin(), more.end());
  RunIn(whole, {}, args);
  std::vector<std::string> again = args;
  again.push_back("--resume");
  int interrupted = 0;
  for (int questions = 0;; ++questions) {
    Files files = MakeFiles(40);
    StopAfter stop(questions);
    const Ran ran = RunIn(files, {100, SIZE_MAX, SIZE_MAX, &stop}, args);
    if (ran.status != 130) break;
    ++interrupted;
    EXPECT_EQ(files.count("out"), 0U);
    EXPECT_EQ(files["out.partial"], whole["out"].substr(0, files["out.partial"].size()));
    EXPECT_NE(ran.err.find("`--resume` goes on"), std::string::npos) << ran.err;
    EXPECT_EQ(RunIn(files, {}, again).status, 3);
    EXPECT_EQ(files["out"], whole["out"]) << "interrupted at question " << questions;
    EXPECT_EQ(files["sum"], whole["sum"]) << "interrupted at question " << questions;
    EXPECT_EQ(files.count("out.partial"), 0U);
    EXPECT_EQ(files.count("out.partial.json"), 0U);
  }
  EXPECT_GT(interrupted, 15);
}

TEST(BatchRun, GoesOnAfterAnInterruptionAnywhere) { InterruptEverywhere({}); }
TEST(BatchRun, GoesOnAfterAnInterruptionAnywhereInCsv) { InterruptEverywhere({"--output-format", "csv"}); }

TEST(BatchRun, GoesOnAfterADiskThatWasFull) {
  Files whole = MakeFiles(60);
  RunIn(whole, {}, {"--out", "out"});
  for (std::size_t takes = 0; takes < whole["out"].size(); takes += 1009) {
    Files files = MakeFiles(60);
    const Ran ran = RunIn(files, {100, takes}, {"--out", "out", "--threads", "3"});
    EXPECT_EQ(ran.status, 64);
    EXPECT_NE(ran.err.find("no space left on device"), std::string::npos) << ran.err;
    EXPECT_EQ(files.count("out"), 0U);
    EXPECT_EQ(RunIn(files, {}, {"--out", "out", "--resume"}).status, 3);
    EXPECT_EQ(files["out"], whole["out"]) << "full after " << takes;
  }
}

TEST(BatchRun, GoesOnAfterAnInputThatBroke) {
  Files whole = MakeFiles(60);
  whole["in.ndjson"].insert(0, 70000, '\n');  // more than is looked at before
  const Files begin = whole;
  RunIn(whole, {}, {"--out", "out"});
  for (std::size_t gives = 70001; gives < whole["in.ndjson"].size(); gives += 1009) {
    Files files = begin;
    const Ran ran = RunIn(files, {100, SIZE_MAX, gives}, {"--out", "out", "--threads", "2"});
    EXPECT_EQ(ran.status, 64);
    EXPECT_NE(ran.err.find("E0701"), std::string::npos) << ran.err;
    EXPECT_EQ(files.count("out"), 0U);
    EXPECT_EQ(RunIn(files, {}, {"--out", "out", "--resume"}).status, 3);
    EXPECT_EQ(files["out"], whole["out"]) << "broken after " << gives;
  }
}

TEST(BatchRun, DropsWhatWasWrittenAfterTheRecord) {
  Files whole = MakeFiles(60);
  RunIn(whole, {}, {"--out", "out"});
  Files files = MakeFiles(60);
  StopAfter stop(9);
  RunIn(files, {100, SIZE_MAX, SIZE_MAX, &stop}, {"--out", "out", "--threads", "1"});
  files["out.partial"] += "half a li";
  RunIn(files, {}, {"--out", "out", "--resume"});
  EXPECT_EQ(files["out"], whole["out"]);
}

TEST(BatchRun, RefusesToGoOnWhereResultsAreGone) {
  Files files = MakeFiles(60);
  StopAfter stop(9);
  RunIn(files, {100, SIZE_MAX, SIZE_MAX, &stop}, {"--out", "out", "--threads", "1"});
  files["out.partial"].pop_back();
  EXPECT_NE(RunIn(files, {}, {"--out", "out", "--resume"}).err.find("E0876"), std::string::npos);
  files.erase("out.partial");
  EXPECT_NE(RunIn(files, {}, {"--out", "out", "--resume"}).err.find("E0876"), std::string::npos);
  files["out.partial.json"] = "{";
  EXPECT_NE(RunIn(files, {}, {"--out", "out", "--resume"}).err.find("E0876"), std::string::npos);
}

// ---- chunks

TEST(BatchChunks, HoldWholeLinesInOrderAndLittleMemory) {
  Files files = MakeFiles(500);
  const std::string& text = files["in.ndjson"];
  for (const std::size_t size : {1U, 13U, 100U, 5000U, 1000000U}) {
    const auto reader = support::MemoryStreamFiles(files).OpenToRead("in.ndjson", 0);
    Chunks chunks(*reader.value(), {}, {size, 2000});
    Chunk chunk;
    std::string together;
    LinePlace at;
    while (chunks.Next(chunk).value()) {
      EXPECT_EQ(chunk.begin, at);
      EXPECT_FALSE(chunk.too_long);
      EXPECT_TRUE(chunk.text().ends_with('\n') || chunk.end.bytes == text.size());
      together += chunk.text();
      at = chunk.end;
    }
    EXPECT_EQ(together, text);
    EXPECT_EQ(at, (LinePlace{text.size(), 501}));
    EXPECT_LE(chunk.room(), std::max<std::size_t>(size, 2001));
  }
}

TEST(BatchChunks, PassOverALineThatIsTooLong) {
  Files files = {{"in", "a\n" + std::string(5000, 'x') + "\nb\n" + std::string(101, 'y')}};
  const auto reader = support::MemoryStreamFiles(files).OpenToRead("in", 0);
  Chunks chunks(*reader.value(), {}, {10, 100});
  std::vector<std::string> seen;
  Chunk chunk;
  while (chunks.Next(chunk).value()) {
    seen.push_back(std::to_string(chunk.begin.number) +
                   (chunk.too_long ? " too long" : " " + std::string(chunk.text())));
    EXPECT_LE(chunk.room(), 200U);
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"1 a\n", "2 too long", "3 b\n", "4 too long"}));
}

// ---- memory

// How much is looked at before.
constexpr std::size_t kBeginning = std::size_t{64} << 10U;

// Blank lines at the beginning, and then lines of three bytes; counts what it hands out.
class Spring : public ByteReader {
 public:
  explicit Spring(std::size_t bytes) : left_(bytes) {}
  Result<std::size_t> Read(char* into, std::size_t size) override {
    const std::size_t count = std::min(size, left_);
    for (std::size_t i = 0; i < count; ++i, ++given) {
      into[i] = given < kBeginning ? '\n' : "{}\n"[(given - kBeginning) % 3];
    }
    left_ -= count;
    return count;
  }
  std::atomic<std::size_t> given = 0;

 private:
  std::size_t left_;
};

// A standard output that notes how far the reading is ahead of it.
class Watcher : public ByteWriter {
 public:
  explicit Watcher(const Spring& spring) : spring_(spring) {}
  std::optional<Failure> Write(std::string_view bytes) override {
    furthest = std::max<std::size_t>(furthest, spring_.given - kBeginning - 3 * lines_);
    lines_ += static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    return std::nullopt;
  }
  std::optional<Failure> Flush() override { return std::nullopt; }
  std::size_t furthest = 0;

 private:
  const Spring& spring_;
  std::size_t lines_ = 0;
};

TEST(BatchRun, ReadsOnlySoFarAhead) {
  constexpr std::size_t kBlock = 30;
  Files files = {{"demo.cordon", kPolicy}};
  const support::MemoryFileSystem disk(files);
  const support::MemoryStreamFiles streams(files);
  std::istringstream in;
  std::ostringstream out;
  Spring spring(kBeginning + 6000);
  Watcher watcher(spring);
  Environment environment{disk, in, out, out, false, "policies", *calendar::MakeDate(2025, 3, 1)};
  environment.streams = &streams;
  environment.block_bytes = kBlock;
  environment.bulk_in = &spring;
  environment.bulk_out = &watcher;
  EXPECT_EQ(cli::Run({"batch", "demo.cordon", "--facts", "-", "--threads", "3"}, environment), 0);
  EXPECT_EQ(spring.given, kBeginning + 6000);
  EXPECT_LE(watcher.furthest, (3 * 4 + 1) * kBlock);
  EXPECT_GT(watcher.furthest, 0U);
}

// ---- progress

std::int64_t now_ms = 0;
std::int64_t Now() { return now_ms; }

TEST(BatchProgress, DrawsABarWithRateAndTimeLeft) {
  now_ms = 1000;
  std::ostringstream err;
  BatchProgress progress(err, Now, 2000, 0, 0);
  now_ms = 3000;
  progress.Show(500, 2469134);
  EXPECT_EQ(err.str(),
            "\r\x1b[K[=======>                      ]  25 %  2,469,134 subjects  1,234,567 a second  0:06 left");
  progress.Show(600, 2469135);  // too soon
  progress.Clear();
  EXPECT_TRUE(err.str().ends_with("0:06 left\r\x1b[K")) << err.str();
}

TEST(BatchProgress, SaysNoMoreThanIsKnownOfAPipe) {
  now_ms = 0;
  std::ostringstream err;
  BatchProgress progress(err, Now, std::nullopt, 0, 0);
  now_ms = 500;
  progress.Show(500, 100);
  EXPECT_EQ(err.str(), "\r\x1b[K100 subjects  200 a second");
}

TEST(BatchProgress, CountsTheRateOfThisRunAlone) {
  now_ms = 0;
  std::ostringstream err;
  BatchProgress progress(err, Now, 1000, 900, 90);
  now_ms = 1000;
  progress.Show(950, 95);
  EXPECT_EQ(err.str(), "\r\x1b[K[============================> ]  95 %  95 subjects  5 a second  0:01 left");
}

}  // namespace
}  // namespace cordon::cli
