// The lowest layer: UTF-8, nearest names, word lists, digests, files in memory and decimals.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "support/file_system.h"
#include "support/result.h"
#include "support/sha256.h"
#include "support/text.h"
#include "value/value.h"

namespace cordon::support {
namespace {

TEST(Text, FindsTheFirstByteThatIsNotUtf8) {
  EXPECT_FALSE(FindInvalidUtf8("").has_value());
  EXPECT_FALSE(FindInvalidUtf8("behandlende læge, ≥ 24 timer, 🏥").has_value());
  EXPECT_EQ(FindInvalidUtf8("ab\xff"), 2U);
  EXPECT_EQ(FindInvalidUtf8("a\xc0\x80"), 1U) << "an overlong form";
  EXPECT_EQ(FindInvalidUtf8("\xed\xa0\x80"), 0U) << "a surrogate";
  EXPECT_EQ(FindInvalidUtf8("\xf4\x90\x80\x80"), 0U) << "past U+10FFFF";
  EXPECT_EQ(FindInvalidUtf8("abc\xe2\x82"), 3U) << "cut short";
}

TEST(Text, CountsCodePointsNotBytes) {
  EXPECT_EQ(CountCodePoints(""), 0U);
  EXPECT_EQ(CountCodePoints("læge"), 4U);
  EXPECT_EQ(CountCodePoints("≥🏥"), 2U);
}

TEST(Text, FindsTheNameThatWasMeant) {
  const std::vector<std::string> names = {"hospital_stays", "cpo_ever_detected", "cpo_tests"};
  EXPECT_EQ(FindNearest("cpo_evr_detected", names), "cpo_ever_detected");
  EXPECT_EQ(FindNearest("hopsital_stays", names), "hospital_stays") << "a swap is one edit";
  EXPECT_FALSE(FindNearest("diarrhoea", names).has_value());
  EXPECT_FALSE(FindNearest("", names).has_value());
  EXPECT_EQ(FindNearest("yse", {"yes", "no"}), "yes");
  EXPECT_EQ(FindNearest("cat", {"bat", "hat"}), "bat") << "ties go to the earlier";
  EXPECT_FALSE(FindNearest(std::string(100'000, 'a'), names).has_value());
}

TEST(Text, JoinsListsAsPeopleSayThem) {
  EXPECT_EQ(JoinWords({}, "or"), "");
  EXPECT_EQ(JoinWords({"a"}, "or"), "a");
  EXPECT_EQ(JoinWords({"a", "b"}, "or"), "a or b");
  EXPECT_EQ(JoinWords({"a", "b", "c"}, "and"), "a, b and c");
  EXPECT_EQ(Join({"a", "b", "c"}, "."), "a.b.c");
}

// The first two examples of FIPS 180-2, appendix B, and the empty text.
TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(Sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(MemoryFileSystem, HasFoldersWhereFilesLieBelow) {
  const MemoryFileSystem files({{"a/b/one", "1"}, {"a/two", "2"}, {"ab", "3"}});
  EXPECT_TRUE(files.IsFolder("a"));
  EXPECT_TRUE(files.IsFolder("a/b"));
  EXPECT_FALSE(files.IsFolder("a/two"));
  EXPECT_FALSE(files.IsFolder("c"));
  EXPECT_TRUE(files.Exists("ab"));
  EXPECT_EQ(files.List("a").value(), (std::vector<std::string>{"b", "two"}));
  EXPECT_FALSE(files.List("ab").ok());
  EXPECT_EQ(files.Read("a/two").value(), "2");
  EXPECT_EQ(files.Read("a").failure().message, "no such file");
}

Result<int> Half(int n) {
  if (n % 2 != 0) return Failure{"odd"};
  return n / 2;
}

Result<int> Quarter(int n) {
  CORDON_TRY(half, Half(n));
  return Half(half);
}

TEST(Result, CarriesAValueOrTheReason) {
  EXPECT_EQ(Quarter(8).value(), 2);
  EXPECT_EQ(Quarter(6).failure().message, "odd");
  EXPECT_EQ(Quarter(5).failure().message, "odd");
}

TEST(Decimal, WritesNoMoreDigitsThanItNeeds) {
  EXPECT_EQ(value::FormatDecimal(-12500), "-12.5");
  EXPECT_EQ(value::FormatDecimal(1), "0.001");
  EXPECT_EQ(value::FormatDecimal(-10), "-0.01");
  EXPECT_EQ(value::FormatDecimal(3000), "3");
  EXPECT_EQ(value::FormatDecimal(0), "0");
}

}  // namespace
}  // namespace cordon::support
