# Convergence over supports: mean and spread. Data: figure-4.dat
set terminal svg size 820,600 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'figure-4.svg'
set multiplot
unset key
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd' lt 1
set label 101 'Convergence of SLTrain over five random supports' at screen 0.02,0.967 font ',15'
set label 102 'Grey: ± standard deviation over the supports of a seed; dashed: ± over seeds; thin: every run against the mean of its seed.' at screen 0.02,0.929 font ',12' textcolor rgb '#555555'
set lmargin at screen 0.09000; set rmargin at screen 0.48250
set tmargin at screen 0.84500; set bmargin at screen 0.45000
set xrange [0:2.196028]
set label 1 '60M proxy, scale quick' at screen 0.09000,0.87000
set ylabel 'Validation perplexity' offset 0.5,0
set xlabel ''
set logscale y; set yrange [51.75894624305692:101.16621785264172]
set xtics ('' 0.0, '' 0.5, '' 1.0, '' 1.5, '' 2.0)
set ytics ('60' 60.0, '70' 70.0, '80' 80.0, '90' 90.0, '100' 100.0)
plot 'figure-4.dat' index 0 using ($1/1000000.0):(exp($2-$3)):(exp($2+$3)) with filledcurves fs solid 1.0 noborder fc rgb '#bbbbbb', \
  'figure-4.dat' index 0 using ($1/1000000.0):(exp($2)) with lines lw 1.6 lc rgb '#000000'
unset logscale y
unset label
set lmargin at screen 0.09000; set rmargin at screen 0.48250
set tmargin at screen 0.38500; set bmargin at screen 0.10000
set xrange [0:2.196028]
set ylabel 'Perplexity, % off the mean' offset 0.5,0
set xlabel 'Training tokens seen (10⁶)'
set yrange [-3.504796612030067:3.504796612030067]
set xtics ('0' 0.0, '0.5' 0.5, '1' 1.0, '1.5' 1.5, '2' 2.0)
set ytics ('−2' -2.0, '0' 0.0, '2' 2.0)
plot 'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp(-$3)-1)):(100*(exp($3)-1)) with filledcurves fs solid 1.0 noborder fc rgb '#bbbbbb', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($5)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($6)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($7)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($8)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($9)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($10)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($11)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($12)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($13)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($14)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($15)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($16)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($17)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($18)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($19)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp($4)-1)) with lines lw 1.6 dt (8,4) lc rgb '#000000', \
  'figure-4.dat' index 0 using ($1/1000000.0):(100*(exp(-$4)-1)) with lines lw 1.6 dt (8,4) lc rgb '#000000'
unset label
set lmargin at screen 0.58250; set rmargin at screen 0.97500
set tmargin at screen 0.84500; set bmargin at screen 0.45000
set xrange [0:2.295603]
set label 1 '130M proxy, scale quick' at screen 0.58250,0.87000
set ylabel '' offset 0.5,0
set xlabel ''
set logscale y; set yrange [45.6050018651886:99.0825893529737]
set xtics ('' 0.0, '' 0.5, '' 1.0, '' 1.5, '' 2.0)
set ytics ('50' 50.0, '60' 60.0, '70' 70.0, '80' 80.0, '90' 90.0)
plot 'figure-4.dat' index 1 using ($1/1000000.0):(exp($2-$3)):(exp($2+$3)) with filledcurves fs solid 1.0 noborder fc rgb '#bbbbbb', \
  'figure-4.dat' index 1 using ($1/1000000.0):(exp($2)) with lines lw 1.6 lc rgb '#000000'
unset logscale y
unset label
set lmargin at screen 0.58250; set rmargin at screen 0.97500
set tmargin at screen 0.38500; set bmargin at screen 0.10000
set xrange [0:2.295603]
set ylabel '' offset 0.5,0
set xlabel 'Training tokens seen (10⁶)'
set yrange [-3.504796612030067:3.504796612030067]
set xtics ('0' 0.0, '0.5' 0.5, '1' 1.0, '1.5' 1.5, '2' 2.0)
set ytics ('−2' -2.0, '0' 0.0, '2' 2.0)
plot 'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp(-$3)-1)):(100*(exp($3)-1)) with filledcurves fs solid 1.0 noborder fc rgb '#bbbbbb', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($5)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($6)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($7)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($8)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($9)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($10)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($11)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($12)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($13)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($14)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($15)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($16)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($17)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($18)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($19)-1)) with lines lw 0.6 lc rgb '#666666', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp($4)-1)) with lines lw 1.6 dt (8,4) lc rgb '#000000', \
  'figure-4.dat' index 1 using ($1/1000000.0):(100*(exp(-$4)-1)) with lines lw 1.6 dt (8,4) lc rgb '#000000'
unset label
unset multiplot
