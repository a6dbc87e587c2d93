// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/HtmlPictures.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr int pageWidth = 1000; // units of the view box
constexpr int rowHeight = 18;
constexpr int chartHeight = 120;
constexpr double narrowest = 1; // units
constexpr double letterWidth = 6.2; // of the 11 px font, about

QByteArray decimals(double value) { return QByteArray::number(value, 'f', 2); }
QByteArray escaped(const QString &text) { return text.toHtmlEscaped().toUtf8(); }

class FlameWriter
{
public:
    FlameWriter(const CallTree &tree, const ProfileText &text, TextSink &sink)
        : m_tree(tree)
        , m_text(text)
        , m_sink(sink)
        , m_scale(pageWidth / std::max(1.0, static_cast<double>(tree.nodes()[CallTree::root].total)))
    {
    }

    int depthBelow(quint32 node) const
    {
        int deepest = 0;
        for (const quint32 child : shownChildren(node))
            deepest = std::max(deepest, 1 + depthBelow(child));
        return deepest;
    }

    void write(quint32 node, double left, int depth)
    {
        for (const quint32 child : shownChildren(node)) {
            frame(child, left, depth);
            write(child, left, depth + 1);
            left += width(child);
        }
    }

private:
    double width(quint32 node) const { return static_cast<double>(m_tree.nodes()[node].total) * m_scale; }
    std::vector<quint32> shownChildren(quint32 node) const
    {
        std::vector<quint32> shown = m_tree.children(node);
        std::erase_if(shown, [&](quint32 child) { return width(child) < narrowest; });
        return shown;
    }

    void frame(quint32 number, double left, int depth)
    {
        const CallNode &node = m_tree.nodes()[number];
        const QString name = m_text.functionName(node.function);
        const QString place = m_text.place(node.function);
        const auto letters = static_cast<qsizetype>((width(number) - 6) / letterWidth);
        m_sink << "<g><title>"
               << escaped(QCoreApplication::translate("loopscope::HtmlReport", "%1  %2\nself %3, total %4, %5 calls")
                              .arg(name, place, ProfileText::duration(node.self), ProfileText::duration(node.total))
                              .arg(node.calls))
               << "</title><rect class=\"" << (node.task != 0 ? "task" : "call") << "\" x=\"" << decimals(left) << "\" y=\""
               << depth * rowHeight << "\" width=\"" << decimals(std::max(width(number) - 0.5, 0.5)) << "\" height=\"" << rowHeight - 1
               << "\"/>";
        if (letters >= 3) {
            const QString shown = name.size() <= letters ? name : name.left(letters - 1) + QChar(0x2026);
            m_sink << "<text x=\"" << decimals(left + 3) << "\" y=\"" << depth * rowHeight + 13 << "\">" << escaped(shown) << "</text>";
        }
        m_sink << "</g>\n";
    }

    const CallTree &m_tree;
    const ProfileText &m_text;
    TextSink &m_sink;
    double m_scale;
};

void openPicture(TextSink &sink, int height, const QString &label)
{
    sink << "<svg role=\"img\" aria-label=\"" << escaped(label) << "\" viewBox=\"0 0 " << pageWidth << " " << height << "\">\n";
}

void bar(TextSink &sink, double left, double width, double height, const QString &title)
{
    sink << "<g><title>" << escaped(title) << "</title><rect class=\"bar\" x=\"" << decimals(left) << "\" y=\""
         << decimals(chartHeight - height) << "\" width=\"" << decimals(width) << "\" height=\"" << decimals(height) << "\"/></g>\n";
}

} // namespace

void writeFlameGraph(const CallTree &tree, const ProfileText &text, TextSink &sink)
{
    FlameWriter writer(tree, text, sink);
    openPicture(sink, std::max(1, writer.depthBelow(CallTree::root)) * rowHeight,
        QCoreApplication::translate("loopscope::HtmlReport", "Flame graph"));
    writer.write(CallTree::root, 0, 0);
    sink << "</svg>\n";
}

void writeUtilization(const LoopMetrics &metrics, TextSink &sink)
{
    openPicture(sink, chartHeight, QCoreApplication::translate("loopscope::HtmlReport", "Utilization of the loop over time"));
    const std::vector<LoopMoment> &moments = metrics.moments();
    const double width = static_cast<double>(pageWidth) / static_cast<double>(std::max<std::size_t>(moments.size(), 1));
    for (std::size_t i = 0; i < moments.size(); ++i) {
        // The last moment is not over.
        const quint64 begun = i * metrics.momentLength();
        const quint64 length =
            std::max<quint64>(1, std::min(metrics.momentLength(), metrics.endTime() - std::min(begun, metrics.endTime())));
        const double share = std::min(1.0, static_cast<double>(moments[i].busy) / static_cast<double>(length));
        if (share > 0)
            bar(sink, static_cast<double>(i) * width, std::max(width - 0.3, 0.3), std::max(1.0, share * chartHeight),
                QCoreApplication::translate("loopscope::HtmlReport", "from %1: %2 busy, the longest hold %3")
                    .arg(ProfileText::duration(begun), ProfileText::percent(share), ProfileText::duration(moments[i].longestHold)));
    }
    sink << "</svg>\n";
}

void writeDelayHistogram(const BlockingReport &blocking, TextSink &sink)
{
    openPicture(
        sink, chartHeight + rowHeight, QCoreApplication::translate("loopscope::HtmlReport", "How long the loop was held at a time"));
    const std::vector<quint64> &counts = blocking.delayHistogram();
    const auto used =
        static_cast<std::size_t>(counts.rend() - std::find_if(counts.rbegin(), counts.rend(), [](quint64 count) { return count > 0; }));
    const double most = std::log1p(static_cast<double>(counts.empty() ? 0 : *std::ranges::max_element(counts)));
    const double width = static_cast<double>(pageWidth) / static_cast<double>(std::max<std::size_t>(used, 1));
    for (std::size_t i = 0; i < used; ++i) {
        const QString below = ProfileText::duration((quint64{1} << i) * 1000);
        const double height = most > 0 ? std::log1p(static_cast<double>(counts[i])) / most * chartHeight : 0;
        if (counts[i] > 0)
            bar(sink, static_cast<double>(i) * width + 1, width - 2, height,
                QCoreApplication::translate("loopscope::HtmlReport", "%1 holds shorter than %2").arg(counts[i]).arg(below));
        sink << "<text x=\"" << decimals((static_cast<double>(i) + 0.5) * width) << "\" y=\"" << chartHeight + 13
             << "\" text-anchor=\"middle\">&lt; " << escaped(below) << "</text>\n";
    }
    sink << "</svg>\n";
}

} // namespace loopscope
