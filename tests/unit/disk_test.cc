// The real disk: writing wholly or not at all, and reading and writing in blocks.
#include "cli/disk.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "cli/disk_streams.h"

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;

// A folder of its own for each test.
class DiskWriterTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = (fs::temp_directory_path() / "cordon-disk-XXXXXX").string();
    ASSERT_NE(mkdtemp(path.data()), nullptr);
    folder_ = path;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string Content(const std::string& name) const { return Disk().Read(Path(name)).value(); }

  fs::path folder_;
};

TEST_F(DiskWriterTest, MakesAFileWithItsFolders) {
  EXPECT_FALSE(DiskWriter().Write(Path("dk/cpo/1/policy.cordon"), "policy a\n"));
  EXPECT_EQ(Content("dk/cpo/1/policy.cordon"), "policy a\n");
}

TEST_F(DiskWriterTest, ReplacesTheContentAndKeepsThePermissions) {
  ASSERT_FALSE(DiskWriter().Write(Path("a"), "old and long"));
  fs::permissions(Path("a"), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(DiskWriter().Write(Path("a"), "new"));
  EXPECT_EQ(Content("a"), "new");
  EXPECT_EQ(fs::status(Path("a")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1) << "something is left behind";
}

TEST_F(DiskWriterTest, FollowsALink) {
  ASSERT_FALSE(DiskWriter().Write(Path("kept/a"), "old"));
  fs::create_symlink("kept/a", Path("link"));
  EXPECT_FALSE(DiskWriter().Write(Path("link"), "new"));
  EXPECT_EQ(Content("kept/a"), "new");
  EXPECT_TRUE(fs::is_symlink(Path("link")));
}

TEST_F(DiskWriterTest, SaysWhyItCannot) {
  ASSERT_FALSE(DiskWriter().Write(Path("a"), "kept"));
  const auto below_a_file = DiskWriter().Write(Path("a/b"), "lost");
  ASSERT_TRUE(below_a_file.has_value());
  EXPECT_EQ(below_a_file->message, "not a directory");
  EXPECT_EQ(Content("a"), "kept");
  fs::create_directories(Path("folder/inner"));
  EXPECT_TRUE(DiskWriter().Write(Path("folder"), "lost").has_value());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 2) << "something is left behind";
}

using DiskStreamsTest = DiskWriterTest;

TEST_F(DiskStreamsTest, WritesBehindWhatIsKeptAndReadsFromThere) {
  const DiskStreams streams;
  {
    const auto begun = streams.OpenToWrite(Path("inner/a"), 0);
    ASSERT_TRUE(begun.ok());
    EXPECT_FALSE(begun.value()->Write("one\ntwo\nhal"));
  }
  EXPECT_EQ(streams.Size(Path("inner/a")).value(), 11U);
  {
    const auto again = streams.OpenToWrite(Path("inner/a"), 8);
    ASSERT_TRUE(again.ok());
    EXPECT_FALSE(again.value()->Write("three\n"));
  }
  EXPECT_EQ(Content("inner/a"), "one\ntwo\nthree\n");
  const auto reader = streams.OpenToRead(Path("inner/a"), 4);
  ASSERT_TRUE(reader.ok());
  char bytes[6] = {};
  EXPECT_EQ(reader.value()->Read(bytes, 6).value(), 6U);
  EXPECT_EQ(std::string(bytes, 6), "two\nth");
  EXPECT_EQ(reader.value()->Read(bytes, 6).value(), 4U);
  EXPECT_EQ(reader.value()->Read(bytes, 6).value(), 0U);
}

TEST_F(DiskStreamsTest, RenamesUponAFileAndUponWhatALinkMeans) {
  const DiskStreams streams;
  ASSERT_FALSE(DiskWriter().Write(Path("new"), "new"));
  EXPECT_FALSE(streams.Rename(Path("new"), Path("fresh")));
  EXPECT_EQ(Content("fresh"), "new");
  ASSERT_FALSE(DiskWriter().Write(Path("old"), "old"));
  fs::create_symlink(Path("old"), Path("link"));
  EXPECT_FALSE(streams.Rename(Path("fresh"), Path("link")));
  EXPECT_TRUE(fs::is_symlink(Path("link")));
  EXPECT_EQ(Content("old"), "new");
  EXPECT_FALSE(streams.Remove(Path("old")));
  EXPECT_TRUE(streams.Remove(Path("old")).has_value());
}

TEST_F(DiskStreamsTest, SaysWhyNot) {
  const DiskStreams streams;
  EXPECT_EQ(streams.OpenToRead(Path("nowhere"), 0).failure().message, "no such file or directory");
  EXPECT_EQ(streams.OpenToRead(folder_.string(), 0).failure().message, "it is a folder");
  EXPECT_FALSE(streams.Size(folder_.string()).ok());
  EXPECT_FALSE(streams.Size("/dev/null").ok());
  EXPECT_TRUE(streams.IsSpecial("/dev/null"));
  EXPECT_FALSE(streams.IsSpecial(folder_.string()));
  EXPECT_FALSE(streams.IsSpecial(Path("nowhere")));
  const auto full = streams.OpenToWrite("/dev/full", 0);
  ASSERT_TRUE(full.ok());
  EXPECT_EQ(full.value()->Write("a")->message, "no space left on device");
}

}  // namespace
}  // namespace cordon::cli
