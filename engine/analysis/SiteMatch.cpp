// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/SiteMatch.h"

#include "analysis/SequenceAlignment.h"

#include <algorithm>

namespace loopscope {
namespace {

using Lines = std::vector<QByteArray>;

constexpr int kAlikeEnough = 40; ///< per cent of a line that two lines must share at their ends to count as one that was edited
constexpr size_t kLargestHunk = 4096; ///< pairs of lines weighed in one edited stretch; larger ones pair line by line

Lines linesOf(const QByteArray &text)
{
    Lines lines;
    for (qsizetype start = 0; start <= text.size();) {
        qsizetype end = text.indexOf('\n', start);
        if (end < 0)
            end = text.size();
        lines.push_back(text.mid(start, end - start).trimmed());
        start = end + 1;
    }
    return lines;
}

/// How much of the longer line both have in common at their beginnings and ends, in per cent.
int likeness(const QByteArray &one, const QByteArray &other)
{
    const qsizetype shorter = std::min(one.size(), other.size());
    const qsizetype longer = std::max(one.size(), other.size());
    if (longer == 0)
        return 0;
    qsizetype front = 0;
    while (front < shorter && one[front] == other[front])
        ++front;
    qsizetype back = 0;
    while (back < shorter - front && one[one.size() - 1 - back] == other[other.size() - 1 - back])
        ++back;
    return static_cast<int>((front + back) * 100 / longer);
}

/// Lines [leftBegin, leftEnd) were replaced by [rightBegin, rightEnd): pairs those that look most alike, in their order.
void matchHunk(
    const Lines &left, size_t leftBegin, size_t leftEnd, const Lines &right, size_t rightBegin, size_t rightEnd, std::vector<int> &partners)
{
    const size_t rows = leftEnd - leftBegin;
    const size_t columns = rightEnd - rightBegin;
    if (rows * columns > kLargestHunk) {
        for (size_t i = 0; i < std::min(rows, columns); ++i)
            partners[leftBegin + i] = static_cast<int>(rightBegin + i);
        return;
    }
    // best[i][j]: the most likeness that lines from i on the left and j on the right can be paired with.
    std::vector<std::vector<int>> best(rows + 1, std::vector<int>(columns + 1, 0));
    const auto gain = [&](size_t i, size_t j) {
        const int alike = likeness(left[leftBegin + i], right[rightBegin + j]);
        return alike >= kAlikeEnough ? alike : -1;
    };
    for (size_t i = rows; i-- > 0;) {
        for (size_t j = columns; j-- > 0;) {
            best[i][j] = std::max(best[i + 1][j], best[i][j + 1]);
            if (const int alike = gain(i, j); alike > 0)
                best[i][j] = std::max(best[i][j], alike + best[i + 1][j + 1]);
        }
    }
    for (size_t i = 0, j = 0; i < rows && j < columns;) {
        const int alike = gain(i, j);
        if (alike > 0 && best[i][j] == alike + best[i + 1][j + 1])
            partners[leftBegin + i++] = static_cast<int>(rightBegin + j++);
        else if (best[i][j] == best[i + 1][j])
            ++i;
        else
            ++j;
    }
}

/// Which of the sites of its kind and name on its line a site is.
struct LineSlot
{
    quint32 line = 0;
    SiteKind kind = SiteKind::Statement;
    QString name;
    quint32 ordinal = 0;
    friend bool operator==(const LineSlot &, const LineSlot &) = default;
    friend size_t qHash(const LineSlot &slot, size_t seed = 0)
    {
        return qHashMulti(seed, slot.line, static_cast<quint8>(slot.kind), slot.name, slot.ordinal);
    }
};

std::vector<LineSlot> lineSlots(const SourceText &source)
{
    std::vector<LineSlot> places;
    QHash<LineSlot, quint32> counts;
    for (const Site &site : source.sites) {
        const quint32 ordinal = counts[{site.line, site.kind, site.name, 0}]++;
        places.push_back({site.line, site.kind, site.name, ordinal});
    }
    return places;
}

/// Functions that have a name nobody else beside them has, by that name and the one of the function around.
QHash<QString, quint32> uniqueFunctions(const SourceText &source)
{
    QHash<QString, quint32> functions;
    constexpr quint32 several = ~0U;
    for (size_t index = 1; index < source.sites.size(); ++index) {
        const Site &site = source.sites[index];
        if (site.kind != SiteKind::Function || site.name.isEmpty())
            continue;
        const QString around = site.function < source.sites.size() ? source.sites[site.function].name : QString();
        const QString key = around + QLatin1Char('/') + site.name;
        const auto known = functions.find(key);
        if (known == functions.end())
            functions.insert(key, static_cast<quint32>(index));
        else
            *known = several;
    }
    functions.removeIf([](const auto &entry) { return entry.value() == several; });
    return functions;
}

qsizetype sharedTail(const QString &one, const QString &other)
{
    const QStringList left = one.split(QLatin1Char('/'));
    const QStringList right = other.split(QLatin1Char('/'));
    qsizetype shared = 0;
    while (shared < std::min(left.size(), right.size()) && left[left.size() - 1 - shared] == right[right.size() - 1 - shared])
        ++shared;
    return shared;
}

/// The text of a site from its beginning to its end, or to the end of its first line, without the functions in it: what they hold is told
/// when it runs.
QString firstLineOf(const SitePlace &place)
{
    const QByteArray &text = place.source->text;
    qsizetype start = 0;
    for (quint32 line = 1; line < place.site->line && start >= 0; ++line)
        start = text.indexOf('\n', start) + 1;
    const qsizetype lineEnd = text.indexOf('\n', start);
    const QString line = QString::fromUtf8(text.mid(start, lineEnd < 0 ? -1 : lineEnd - start));
    const auto endIn = [&](const Site &site) {
        const bool endsHere = site.endLine == site.line && site.endColumn > site.column;
        return endsHere ? std::min(static_cast<qsizetype>(site.endColumn) - 1, line.size()) : line.size();
    };
    QString own;
    qsizetype from = static_cast<qsizetype>(place.site->column) - 1;
    const qsizetype end = endIn(*place.site);
    std::vector<const Site *> functions;
    for (const Site &site : place.source->sites) {
        if (site.kind == SiteKind::Function && site.line == place.site->line && static_cast<qsizetype>(site.column) - 1 >= from
            && site.column <= end && &site != &place.source->sites.front())
            functions.push_back(&site);
    }
    std::sort(functions.begin(), functions.end(), [](const Site *one, const Site *other) { return one->column < other->column; });
    for (const Site *function : functions) {
        const qsizetype begin = static_cast<qsizetype>(function->column) - 1;
        if (begin < from)
            continue; // in the one before
        own += line.mid(from, begin - from);
        from = endIn(*function);
    }
    return (own + line.mid(from, std::max<qsizetype>(0, end - from))).trimmed();
}

} // namespace

std::vector<int> matchLines(const QByteArray &left, const QByteArray &right)
{
    const Lines leftLines = linesOf(left);
    const Lines rightLines = linesOf(right);
    const auto hashed = [](const Lines &lines) {
        std::vector<quint64> hashes;
        hashes.reserve(lines.size());
        std::transform(lines.begin(), lines.end(), std::back_inserter(hashes), [](const QByteArray &line) { return qHash(line, 1); });
        return hashes;
    };
    SequenceAlignment alignment = alignSequences(hashed(leftLines), hashed(rightLines));
    alignment.matches.emplace_back(static_cast<quint32>(leftLines.size()), static_cast<quint32>(rightLines.size()));
    std::vector<int> partners(leftLines.size(), -1);
    size_t leftNext = 0;
    size_t rightNext = 0;
    for (const auto &[i, j] : alignment.matches) {
        matchHunk(leftLines, leftNext, i, rightLines, rightNext, j, partners);
        if (i < partners.size())
            partners[i] = static_cast<int>(j);
        leftNext = i + 1;
        rightNext = j + 1;
    }
    return partners;
}

std::vector<int> editedLines(const QByteArray &left, const QByteArray &right)
{
    const Lines leftLines = linesOf(left);
    const Lines rightLines = linesOf(right);
    const std::vector<int> partners = matchLines(left, right);
    std::vector<int> edited;
    for (size_t line = 0; line < leftLines.size(); ++line) {
        const int partner = partners[line];
        const bool isSame = partner < 0 ? leftLines[line].isEmpty() : leftLines[line] == rightLines[static_cast<size_t>(partner)];
        if (!isSame)
            edited.push_back(static_cast<int>(line));
    }
    return edited;
}

SiteMatch::SiteMatch(const RecordingReader &left, const RecordingReader &right)
    : m_left(left)
    , m_right(right)
{
}

SiteId SiteMatch::rightOf(SiteId left)
{
    if (left == 0)
        return 0;
    if (left >= m_partners.size() || m_partners[left].right == unknown) {
        const SitePlace place = m_left.place(left);
        if (!place.isValid())
            return 0;
        matchFile(place);
    }
    return m_partners[left].right == unknown ? 0 : m_partners[left].right;
}

const SourceText *SiteMatch::partnerOf(const SourceText &left, SiteId *firstSite) const
{
    const bool isMain = &left == m_left.sources().front().get();
    const SourceText *best = nullptr;
    qsizetype bestTail = 0;
    SiteId first = 1;
    for (const auto &source : m_right.sources()) {
        const bool isRightMain = source == m_right.sources().front();
        const qsizetype tail = sharedTail(left.path, source->path);
        if ((isMain && isRightMain) || (isMain == isRightMain && tail > bestTail)) {
            best = source.get();
            bestTail = tail;
            *firstSite = first;
        }
        if (isMain)
            break; // the first one
        first += static_cast<SiteId>(source->sites.size());
    }
    return best;
}

void SiteMatch::matchFile(const SitePlace &left)
{
    const SourceText &source = *left.source;
    const SiteId firstLeft = left.firstSite;
    if (m_partners.size() < firstLeft + source.sites.size())
        m_partners.resize(firstLeft + source.sites.size());
    if (m_missed.value(firstLeft, 0) == m_right.sources().size())
        return;
    SiteId firstRight = 0;
    const SourceText *partner = partnerOf(source, &firstRight);
    if (partner == nullptr) {
        m_missed.insert(firstLeft, m_right.sources().size()); // it may come yet
        return;
    }
    if (source.text != partner->text) {
        matchEdited(source, firstLeft, *partner, firstRight);
        return;
    }
    for (size_t index = 0; index < source.sites.size(); ++index) {
        const bool isThere = index < partner->sites.size(); // always, but for two versions of the compiler
        m_partners[firstLeft + index] = {isThere ? firstRight + static_cast<SiteId>(index) : 0, Partner::Reading::Same};
    }
}

void SiteMatch::matchEdited(const SourceText &left, SiteId firstLeft, const SourceText &right, SiteId firstRight)
{
    const auto pair = [&](size_t leftIndex, size_t rightIndex) {
        m_partners[firstLeft + leftIndex].right = firstRight + static_cast<SiteId>(rightIndex);
    };
    const std::vector<int> lines = matchLines(left.text, right.text);
    const std::vector<LineSlot> leftSlots = lineSlots(left);
    const std::vector<LineSlot> rightSlots = lineSlots(right);
    QHash<LineSlot, quint32> bySlot;
    for (size_t index = 0; index < rightSlots.size(); ++index)
        bySlot.insert(rightSlots[index], static_cast<quint32>(index));
    for (size_t index = 0; index < leftSlots.size(); ++index) {
        LineSlot slot = leftSlots[index];
        m_partners[firstLeft + index].right = 0;
        const int line = slot.line >= 1 && slot.line <= lines.size() ? lines[slot.line - 1] : -1;
        slot.line = static_cast<quint32>(line + 1);
        if (const auto found = bySlot.constFind(slot); line >= 0 && found != bySlot.constEnd())
            pair(index, *found);
    }
    const QHash<QString, quint32> rightFunctions = uniqueFunctions(right);
    const QHash<QString, quint32> leftFunctions = uniqueFunctions(left);
    for (auto function = leftFunctions.cbegin(); function != leftFunctions.cend(); ++function) {
        if (const auto found = rightFunctions.constFind(function.key()); found != rightFunctions.constEnd())
            pair(*function, *found);
    }
    pair(0, 0); // the files' own bodies
}

bool SiteMatch::readsSame(SiteId left)
{
    const SiteId right = rightOf(left);
    if (left == 0 || right == 0)
        return left == right;
    Partner &partner = m_partners[left];
    if (partner.reading == Partner::Reading::Unknown) {
        const bool isSame = firstLineOf(m_left.place(left)) == firstLineOf(m_right.place(right));
        partner.reading = isSame ? Partner::Reading::Same : Partner::Reading::Different;
    }
    return partner.reading == Partner::Reading::Same;
}

} // namespace loopscope
