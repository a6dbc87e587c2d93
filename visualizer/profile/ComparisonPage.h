// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/DifferenceFlame.h"
#include "profile/ProfileComparer.h"
#include "profile/ProfileTables.h"

#include <QWidget>

class QAction;
class QLabel;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace loopscope {

class FlameView;
class ProfileTable;
class RunPair;

/// What changed between two runs, in the Profile workspace: a sentence, where they first differ, which functions and awaits got faster or
/// slower, and the difference flame graph. The two are those of the pair; the first is *before* unless they are swapped. Figures are made
/// beside the window's thread, when both runs stand still and the page is seen. GUI thread only.
class ComparisonPage : public QWidget
{
    Q_OBJECT
public:
    enum class View : quint8 { Flame, Functions, Awaits };

    /// `pair` must outlive this.
    explicit ComparisonPage(RunPair &pair, QWidget *parent = nullptr);

    void setLoop(quint16 loop);
    void setThreshold(quint64 nanoseconds);
    void setSearch(const QString &text);
    void setView(View view);
    void setWidths(DifferenceFlame::Widths widths);
    /// Before becomes after.
    void swap();
    FlameView &flame() const { return *m_flame; }
    /// The graph, and not a table or the hint.
    bool showsFlame() const;
    ProfileTable &functions() const { return *m_functions; }
    ProfileTable &awaits() const { return *m_awaits; }
    QLabel &summary() const { return *m_summary; }
    QLabel &parting() const { return *m_parting; }
    /// For the page without a second run: the command that opens one.
    void addCommand(QAction *command);
    /// True while it is seen and does not show all of it.
    bool isBehind() const;
    /// Those that the keyboard goes to.
    QList<QWidget *> views() const;

Q_SIGNALS:
    void siteActivated(SiteId site);
    void eventChosen(quint64 event);
    void currentChanged();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildHead(QVBoxLayout &layout);
    QToolButton *makeSwitch(const QString &text, const QString &tip, const char *segment);
    void refresh();
    void showCompared(const std::shared_ptr<ComparedProfiles> &profiles);
    void showParting();
    void showFlame();
    void showTables();
    void openRow(const ProfileRows &rows, std::size_t row);
    /// A place of the run that is shown, or, if only the other has it, of that one, which is shown then.
    ProfileTarget targetOf(SiteId before, SiteId after) const;
    bool showsAfter() const;
    void applyTheme();

    RunPair &m_pair;
    QWidget *m_none; ///< instead of the contents without a second run
    QWidget *m_contents;
    QLabel *m_names = nullptr;
    QLabel *m_wide = nullptr; ///< before the switches of widths
    QLabel *m_summary = nullptr;
    QLabel *m_parting = nullptr;
    QToolButton *m_viewSwitches[3] = {};
    QToolButton *m_widthSwitches[2] = {};
    QWidget *m_ofFlame = nullptr; ///< legend and widths
    QStackedWidget *m_views = nullptr;
    FlameView *m_flame = nullptr;
    ProfileTable *m_functions = nullptr;
    ProfileTable *m_awaits = nullptr;
    ProfileRows m_functionRows;
    ProfileRows m_awaitRows;
    quint16 m_loop = 0;
    quint64 m_threshold = BlockingReport::usualThreshold;
    bool m_isSwapped = false;
    bool m_showedAfter = true; ///< whose places the figures lead to
    DifferenceFlame::Widths m_widths = DifferenceFlame::Widths::After;
    ComparedProfiles::Request m_request; ///< the last one
    std::shared_ptr<ComparedProfiles> m_profiles; ///< null while they are made
    ProfileComparer m_comparer;
};

} // namespace loopscope
