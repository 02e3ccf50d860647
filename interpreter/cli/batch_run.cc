// Threads that share an input and keep its order; see batch_run.h.
#include "cli/batch_run.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace cordon::cli {
namespace {

// How many chunks, for each thread, may be read and not yet written.
constexpr std::uint64_t kAhead = 4;

class Runner {
 public:
  Runner(const BatchJob& job, Chunks& chunks, ResultSink& sink, const RunLimits& limits, const Interruption* stop)
      : job_(job), chunks_(chunks), sink_(sink), limits_(limits), stop_(stop) {}

  RunOutcome Run() {
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < limits_.threads; ++i) others.emplace_back([this] { WorkSafely(); });
    WorkSafely();
    for (std::thread& other : others) other.join();
    if (fault_) std::rethrow_exception(fault_);
    return outcome_;
  }

 private:
  void WorkSafely() {
    try {
      Work();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!fault_) fault_ = std::current_exception();
      closed_ = true;
      turned_.notify_all();
    }
  }

  void Work() {
    BatchWorker worker(job_);
    Chunk chunk;
    ChunkResult result;
    while (Next(chunk)) {
      worker.Work(chunk, result);
      Hand(result);
    }
  }

  // The next chunk, when it is not too far ahead; false where there is none, or the run is at its end.
  bool Next(Chunk& chunk) {
    const std::lock_guard reading(reading_);
    {
      std::unique_lock lock(mutex_);
      turned_.wait(lock, [this] { return closed_ || num_read_ < turn_ + kAhead * limits_.threads; });
      if (closed_) return false;
      if (stop_ != nullptr && stop_->Requested()) return Close({RunEnd::kStopped, {}});
    }
    const support::Result<bool> any = chunks_.Next(chunk);
    const std::lock_guard lock(mutex_);
    if (stop_ != nullptr && stop_->Requested()) return Close({RunEnd::kStopped, {}});  // it may have cut the reading
    if (!any.ok()) return Close({RunEnd::kUnreadable, any.failure().message});
    if (!any.value()) return Close({RunEnd::kDone, {}});
    ++num_read_;
    return true;
  }

  // Lets nobody take a further chunk. What ends the run first is what it is said to have ended with, but for the
  // results' own trouble, which goes before.
  bool Close(RunOutcome outcome) {
    if (!closed_) outcome_ = std::move(outcome);
    closed_ = true;
    turned_.notify_all();
    return false;
  }

  // Has the result taken, where it is its turn, and all that waited for it; else it waits.
  void Hand(ChunkResult& result) {
    std::unique_lock lock(mutex_);
    if (result.index != turn_) {
      waiting_.emplace(result.index, std::move(result));
      result = {};
      if (!spare_.empty()) {
        result = std::move(spare_.back());
        spare_.pop_back();
      }
      return;
    }
    TakeUnlocked(result, lock);
    for (auto next = waiting_.find(turn_); next != waiting_.end(); next = waiting_.find(turn_)) {
      ChunkResult waited = std::move(next->second);
      waiting_.erase(next);
      TakeUnlocked(waited, lock);
      spare_.push_back(std::move(waited));
    }
  }

  // Only the thread whose turn it is comes here.
  void TakeUnlocked(const ChunkResult& result, std::unique_lock<std::mutex>& lock) {
    if (!ended_) {
      lock.unlock();
      std::optional<RunOutcome> end = Take(result);
      lock.lock();
      if (end) {
        ended_ = true;
        outcome_ = *std::move(end);  // whatever closed the run stands behind it in the input
        closed_ = true;
      }
    }
    ++turn_;
    turned_.notify_all();
  }

  // What the run ends with, where it ends there.
  std::optional<RunOutcome> Take(const ChunkResult& result) {
    std::size_t begin = 0;
    for (const Piece& piece : result.pieces) {
      const std::string_view text = result.text.view().substr(begin, piece.text_end - begin);
      begin = piece.text_end;
      if (auto failure = sink_.Take(text, piece.end, piece.tally))
        return RunOutcome{RunEnd::kUnwritable, failure->message};
      num_refused_ += piece.tally.refused;
      if (limits_.max_refused && num_refused_ >= *limits_.max_refused) return RunOutcome{RunEnd::kTooManyRefused, {}};
    }
    return std::nullopt;
  }

  const BatchJob& job_;
  Chunks& chunks_;
  ResultSink& sink_;
  const RunLimits& limits_;
  const Interruption* stop_;
  std::uint64_t num_refused_ = 0;  // by the thread whose turn it is
  std::mutex reading_;             // held by the thread that reads
  std::mutex mutex_;               // of all below
  std::condition_variable turned_;
  std::uint64_t num_read_ = 0;
  std::uint64_t turn_ = 0;  // the index of the result that is taken next
  std::map<std::uint64_t, ChunkResult> waiting_;
  std::vector<ChunkResult> spare_;  // whose room can be used again
  bool closed_ = false;             // no further chunk is read
  bool ended_ = false;              // no further result is taken
  RunOutcome outcome_;
  std::exception_ptr fault_;
};

}  // namespace

RunOutcome RunBatch(const BatchJob& job, Chunks& chunks, ResultSink& sink, const RunLimits& limits,
                    const Interruption* stop) {
  return Runner(job, chunks, sink, limits, stop).Run();
}

}  // namespace cordon::cli
